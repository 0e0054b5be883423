import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { beforeEach, describe, expect, test } from 'vitest'
import { findExecutable } from './find-executable.ts'
import { untilGone } from './processes-for-tests.ts'
import { startRedis } from './redis.ts'
import { silent } from './say.ts'

const path = await findExecutable('redis-server')

async function ask<Value>(
  url: string,
  work: (client: ReturnType<typeof makeClient>) => Promise<Value>,
): Promise<Value> {
  const client = makeClient(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    client.destroy()
  }
}
const makeClient = (url: string) => createClient({ url, socket: { reconnectStrategy: false } })

function listen() {
  const lines: string[] = []
  return { lines, say: { ...silent, line: (text: string) => void lines.push(text) } }
}

test('an empty REDIS_URL means without', async () => {
  expect(await startRedis({ url: '', say: silent })).toMatchObject({ url: null, how: 'none' })
})

test('a REDIS_URL that is none is an error', async () => {
  await expect(startRedis({ url: 'http://127.0.0.1:6379', say: silent })).rejects.toThrow('REDIS_URL must look like')
})

test('a Redis that does not answer is one line, not an error', async () => {
  const { lines, say } = listen()
  const url = 'redis://127.0.0.1:1'
  expect(await startRedis({ url, say })).toMatchObject({ url, how: 'env' })
  expect(lines).toEqual([expect.stringContaining('does not answer')])
})

test('with none at hand one line says so', async () => {
  const { lines, say } = listen()
  expect(await startRedis({ say, env: { PATH: '/nowhere' } })).toMatchObject({ url: null, how: 'none' })
  expect(lines).toEqual([expect.stringContaining('No Redis is at hand')])
})

describe.skipIf(path === null)('a server of our own', () => {
  test('it answers, restarts empty at the same address, and leaves nothing', async () => {
    const own = await startRedis({ say: silent })
    const url = own.url ?? ''
    expect(own.how).toBe('path')
    const info = await ask(url, async (client) => {
      await client.set('a', '1')
      expect(await client.configGet('save')).toMatchObject({ save: '' })
      return client.configGet('dir')
    })
    await own.restart?.()
    const pid = await ask(url, async (client) => {
      expect(await client.get('a')).toBeNull()
      return Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1])
    })
    await own.stop()
    await untilGone(pid)
    await expect(access(info.dir ?? '')).rejects.toThrow('ENOENT')
  })

  test('who waits for its end is not told of a restart', async () => {
    const own = await startRedis({ say: silent })
    const gone = own.whenGone?.()
    await own.restart?.()
    await own.stop()
    expect(await gone).toBe('stopped')
  })

  test('one that dies by itself is told of', async () => {
    const own = await startRedis({ say: silent })
    const gone = own.whenGone?.()
    await ask(own.url ?? '', (client) => client.sendCommand(['SHUTDOWN', 'NOSAVE'])).catch(() => {})
    expect(await gone).toBe('died')
    await own.stop()
  })
})

describe('by apt', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assayer-test-'))
    return () => rm(folder, { recursive: true, force: true })
  })
  const program = (name: string, text: string) => writeFile(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  const start = (say = silent) => startRedis({ say, env: { PATH: folder, XDG_CACHE_HOME: folder } })

  test('a fetch that fails is told once and not tried again at the next start', async () => {
    const log = join(folder, 'calls')
    await program('apt-get', `echo call >> ${log}; echo 'E: no network'; exit 100`)
    await program('dpkg', 'exit 1')
    const { lines, say } = listen()
    expect(await start(say)).toMatchObject({ how: 'none' })
    expect(await start(say)).toMatchObject({ how: 'none' })
    expect(await readFile(log, 'utf8')).toBe('call\n')
    expect(lines.filter((line) => line.includes('E: no network'))).toHaveLength(1)
  })

  test.skipIf(path === null)('what apt fetched is unpacked into the cache and used from there', async () => {
    await program('apt-get', `for a; do case $a in Dir::Cache=*) : > "\${a#Dir::Cache=}/archives/r.deb";; esac; done`)
    await program(
      'dpkg',
      `/bin/mkdir -p $3/usr/bin; echo '#!/bin/sh\nexec ${path} "$@"' > $3/usr/bin/redis-server; /bin/chmod 755 $3/usr/bin/redis-server`,
    )
    for (const _ of [1, 2]) {
      const own = await start()
      expect(own.how).toBe('apt')
      expect(await ask(own.url ?? '', (client) => client.ping())).toBe('PONG')
      await own.stop()
      await program('apt-get', 'exit 1')
    }
  })
})
