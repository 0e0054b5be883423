import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { findExecutable } from './find-executable.ts'
import { freePort } from './free-port.ts'
import { type DebianOptions, fromDebian } from './from-debian.ts'
import { keepFolder } from './keep.ts'
import { LocalError } from './local-error.ts'
import { StartError, startProcess } from './own-process.ts'
import { type Restartable, startRestartable } from './restartable.ts'
import type { Say } from './say.ts'
import { within } from './within.ts'

const debian = {
  name: 'redis',
  title: 'Redis',
  packages: ['redis-server'],
  file: 'usr/bin/redis-server',
  args: ['--version'],
}

type Binary = { file: string; libraries: string }
export type LocalRedis = {
  /** Null: run without. */
  url: string | null
  how: 'env' | 'path' | 'apt' | 'none'
  stop: () => Promise<void>
  /** A server of our own only: the file that it runs from, and the folder of its libraries where they came with it. */
  binary?: Binary
  /** A server of our own only. The same port, empty. */
  restart?: () => Promise<void>
  /** A server of our own only. See Restartable. */
  whenGone?: () => Promise<'died' | 'stopped'>
}
export type RedisOptions = {
  /** The value of REDIS_URL: an empty string means without, undefined means look for a server. */
  url?: string | undefined
  say: Say
  signal?: AbortSignal | undefined
  env?: NodeJS.ProcessEnv
  aptOptions?: DebianOptions['aptOptions']
}

/**
 * The Redis at `url`, else one of our own from PATH or, on Debian, fetched by apt, else none, which one line says:
 * Assayer works without. Throws LocalError only for a `url` that is none.
 */
export async function startRedis(options: RedisOptions): Promise<LocalRedis> {
  const { url, say, env = process.env } = options
  const none: LocalRedis = { url: null, how: 'none', stop: async () => {} }
  if (url === '') return none
  if (url !== undefined) {
    if (!/^rediss?:\/\/./.test(url) || !URL.canParse(url)) {
      throw new LocalError('REDIS_URL must look like redis://host:port, or be empty to run without Redis.')
    }
    if (!(await answers(url)))
      say.line('The Redis at REDIS_URL does not answer: Assayer works without it until it does.')
    return { url, how: 'env', stop: async () => {} }
  }
  const path = (await findExecutable('redis-server', env)) ?? (await findExecutable('valkey-server', env))
  if (path !== null) return startOwn({ file: path, libraries: '' }, 'path', options)
  const fetched = await fromDebian(debian, { ...options, env })
  if (fetched !== null) return startOwn(fetched, 'apt', options)
  say.line('No Redis is at hand: Assayer works without it. Install redis-server or set REDIS_URL to use one.')
  return none
}

async function startOwn(binary: Binary, how: 'path' | 'apt', { say, signal }: RedisOptions): Promise<LocalRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-redis-'))
  const release = keepFolder(folder)
  const remove = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    await release()
  }
  try {
    const { server, port } = await say.during('starting Redis', () => startOnFreePort(binary, folder, signal))
    return {
      url: `redis://127.0.0.1:${port}`,
      how,
      binary,
      async stop() {
        await server.stop()
        await remove()
      },
      restart: () => server.restart(),
      whenGone: server.whenGone,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function startOnFreePort(
  { file, libraries }: Binary,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ server: Restartable; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const settings = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' }
    const start = () =>
      startProcess({
        name: 'Redis',
        file,
        args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
        env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries },
        cwd: folder,
        ready: (line) => line.includes('Ready to accept connections'),
        readyWithinMs: 15_000,
        signal,
      })
    try {
      return { server: await startRestartable(start), port }
    } catch (error) {
      const taken = error instanceof StartError && /Address already in use/.test(error.log)
      if (!taken || attempt === 3) throw error
    }
  }
}

/** Whether a Redis answers a PING there within 3 s. */
async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { connectTimeout: 2000, reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    const asked = client.connect().then((connected) => connected.ping())
    return (await within(3000, asked)) === 'PONG'
  } catch {
    return false
  } finally {
    client.destroy()
  }
}
