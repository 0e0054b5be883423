import { dirname } from 'node:path'
import { checkDatabase, withDatabase } from './check-database.ts'
import { freePort } from './free-port.ts'
import { LocalError } from './local-error.ts'
import { type OwnProcess, StartError, type StopStep, startProcess } from './own-process.ts'
import { type PostgresBinaries, preparePostgresBinaries } from './postgres-binaries.ts'
import { type Cluster, postgresEnv, prepareCluster, type RunAs } from './postgres-cluster.ts'
import { type Restartable, startRestartable } from './restartable.ts'
import type { Say } from './say.ts'
import { serverUser } from './server-user.ts'

export type LocalPostgres = {
  url: string
  sessionUrl: string
  how: 'env' | 'embedded'
  /** For example `18.4`. */
  version: string
  /** Embedded with `keepData` only: where the data are, as root perhaps elsewhere than asked. */
  keptIn?: string
  stop: () => Promise<void>
  /** Embedded only. The same port and data; `immediate` is a crash: connections are cut, recovery runs. */
  restart?: (mode: 'fast' | 'immediate') => Promise<void>
  /** Embedded only. See Restartable. */
  whenGone?: () => Promise<'died' | 'stopped'>
}
export type PostgresOptions = {
  /** The value of DATABASE_URL. */
  url?: string | undefined
  /** The value of DATABASE_SESSION_URL. */
  sessionUrl?: string | undefined
  say: Say
  signal?: AbortSignal | undefined
  /** A folder to keep the data in; else they are removed at stop. */
  keepData?: string | undefined
  port?: number | undefined
  /** Server settings over the ones below. */
  settings?: Readonly<Record<string, string>>
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
}
const FAST: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5000 },
]
const IMMEDIATE: readonly StopStep[] = [{ signal: 'SIGQUIT', waitMs: 10_000 }]

/** The PostgreSQL at `url`, where it answers and is 15 or newer, else one of our own from the npm binaries. Throws LocalError. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const { url, sessionUrl = url, say } = options
  if (url === undefined || url === '') return say.during('starting PostgreSQL', () => startEmbedded(options))
  const version = await checkDatabase(url, 'DATABASE_URL')
  const session = sessionUrl === undefined || sessionUrl === '' ? url : sessionUrl
  if (session !== url) await checkDatabase(session, 'DATABASE_SESSION_URL')
  return { url, sessionUrl: session, how: 'env', version, stop: async () => {} }
}

async function startEmbedded(options: PostgresOptions): Promise<LocalPostgres> {
  const runAs = await serverUser()
  const binaries = await preparePostgresBinaries(runAs?.uid)
  const cluster = await prepareCluster(binaries, runAs, options.keepData, options.signal)
  let server: Restartable | undefined
  try {
    const started = await startOnFreePort(binaries, cluster, runAs, options)
    server = started.server
    const { stop, restart, whenGone } = server
    const at = (database: string) => `postgres://assayer:${cluster.password}@127.0.0.1:${started.port}/${database}`
    await makeDatabase(at('postgres'))
    return {
      url: at('assayer'),
      sessionUrl: at('assayer'),
      how: 'embedded',
      ...(options.keepData !== undefined && { keptIn: dirname(cluster.data) }),
      version: await checkDatabase(at('assayer'), 'the embedded server'),
      async stop() {
        await stop()
        await cluster.remove()
      },
      restart: (mode) => restart(mode === 'fast' ? FAST : IMMEDIATE),
      whenGone,
    }
  } catch (error) {
    await server?.stop()
    await cluster.remove()
    throw error
  }
}

async function startOnFreePort(
  binaries: PostgresBinaries,
  cluster: Cluster,
  runAs: RunAs,
  options: PostgresOptions,
): Promise<{ server: Restartable; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    try {
      return { server: await startRestartable(() => startServer(binaries, cluster.data, port, runAs, options)), port }
    } catch (error) {
      const log = error instanceof StartError ? error.log : ''
      if (/postmaster\.pid/.test(log)) {
        throw new LocalError(`Another PostgreSQL uses the data in ${cluster.data}: stop it first.`)
      }
      if (!/Address already in use/.test(log)) throw error
      if (options.port !== undefined) throw new LocalError(`Port ${port} is taken: choose another one for PostgreSQL.`)
      if (attempt === 3) throw error
    }
  }
}

function startServer(
  binaries: PostgresBinaries,
  data: string,
  port: number,
  runAs: RunAs,
  { settings, signal }: PostgresOptions,
): Promise<OwnProcess> {
  const all = { ...SETTINGS, ...settings, port: String(port) }
  return startProcess({
    name: 'PostgreSQL',
    file: binaries.postgres,
    args: ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: postgresEnv(binaries.lib),
    cwd: data,
    runAs,
    ready: (line) => line.includes('database system is ready to accept connections'),
    // The keeper sends the first step's signal: a fast stop frees the shared memory, SIGKILL would not.
    stopSteps: FAST,
    signal,
  })
}

async function makeDatabase(url: string): Promise<void> {
  await withDatabase(url, async (sql) => {
    const [found] = await sql`select from pg_database where datname = 'assayer'`
    if (found === undefined) await sql`create database assayer`
  })
}
