import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { withDatabase } from './check-database.ts'
import { freePort } from './free-port.ts'
import { type LocalPostgres, startPostgres } from './postgres.ts'
import { untilGone } from './processes-for-tests.ts'
import { silent } from './say.ts'

type Facts = { one: number; data: string; address: string; rows: number }

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres({ say: silent, settings: { fsync: 'off' } })
}, 60_000)
afterAll(() => server.stop())

const execute = (url: string, text: string) => withDatabase(url, (sql) => sql.unsafe(text))

async function facts(url: string): Promise<Facts> {
  return withDatabase(url, async (sql) => {
    const [row] = await sql<[Facts]>`
      select 1 as one, current_setting('data_directory') as data, current_setting('listen_addresses') as address,
        (select count(*)::int from pg_tables where tablename = 'kept') as rows`
    return row
  })
}

const serverPid = async (data: string) => Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])

test('the embedded server answers on loopback only, with the settings given', async () => {
  expect(server).toMatchObject({ how: 'embedded', version: expect.stringMatching(/^18\./) as string })
  expect(await facts(server.url)).toMatchObject({ one: 1, address: '127.0.0.1' })
  expect(await execute(server.url, 'show fsync')).toEqual([{ fsync: 'off' }])
  expect(await execute(server.sessionUrl, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
})

test('another password is refused', async () => {
  const url = new URL(server.url)
  url.password = 'wrong'
  await expect(startPostgres({ url: url.href, say: silent })).rejects.toThrow(
    /password authentication failed.*start it, or unset/,
  )
})

test('a given server is used and not stopped', async () => {
  const given = await startPostgres({ url: server.url, say: silent })
  expect(given).toMatchObject({ how: 'env', version: server.version, sessionUrl: server.url })
  await given.stop()
  expect(await facts(server.url)).toMatchObject({ one: 1 })
})

test('data outlive a fast restart and a crash, at the same address', async () => {
  await execute(server.url, 'create table if not exists kept ()')
  await server.restart?.('fast')
  expect(await facts(server.url)).toMatchObject({ rows: 1 })
  await server.restart?.('immediate')
  expect(await facts(server.url)).toMatchObject({ rows: 1 })
})

test('one that dies by itself is told of, and can be started again', async () => {
  const { data } = await facts(server.url)
  const gone = server.whenGone?.()
  process.kill(await serverPid(data), 'SIGQUIT')
  expect(await gone).toBe('died')
  await server.restart?.('fast')
  expect(await facts(server.url)).toMatchObject({ one: 1 })
})

test('a stop leaves neither a process nor a file, and is told', async () => {
  const own = await startPostgres({ say: silent })
  const { data } = await facts(own.url)
  const pid = await serverPid(data)
  const gone = own.whenGone?.()
  await own.stop()
  expect(await gone).toBe('stopped')
  await untilGone(pid)
  await expect(access(dirname(data))).rejects.toThrow('ENOENT')
  await expect(startPostgres({ url: own.url, say: silent })).rejects.toThrow('does not answer at DATABASE_URL')
})

test('kept data are there at the next start, and nobody else may use them meanwhile', async () => {
  const keepData = await mkdtemp(join(tmpdir(), 'assayer-test-'))
  const first = await startPostgres({ say: silent, keepData })
  const folder = first.keptIn ?? ''
  onTestFinished(async () => {
    for (const path of [keepData, folder]) await rm(path, { recursive: true, force: true })
  })
  await execute(first.url, 'create table kept ()')
  await expect(startPostgres({ say: silent, keepData })).rejects.toThrow('Another PostgreSQL uses the data')
  await first.stop()
  const second = await startPostgres({ say: silent, keepData })
  expect(await facts(second.url)).toMatchObject({ rows: 1 })
  await second.stop()
})

test('a port that is taken is an error when it was asked for', async () => {
  const port = await freePort()
  const listener = createServer().listen(port, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => void listener.close())
  await expect(startPostgres({ say: silent, port })).rejects.toThrow(`Port ${port} is taken`)
})

test('an abort while it starts leaves nothing', async () => {
  const stop = new AbortController()
  const starting = startPostgres({
    say: { ...silent, during: (_text, work) => (stop.abort(), work(() => {})) },
    signal: stop.signal,
  })
  await expect(starting).rejects.toThrow('aborted')
})

test.each(['mysql://127.0.0.1/x', 'postgres://u:secret@127.0.0.1:1/x', 'postgres://[/'])(
  '%s is an error without the password',
  async (url) => {
    const error: unknown = await startPostgres({ url, say: silent }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'LocalError', message: expect.stringContaining('DATABASE_URL') as string })
    expect(String(error)).not.toContain('secret')
  },
)
