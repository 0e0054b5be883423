import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findExecutable } from './find-executable.ts'
import { freePort } from './free-port.ts'
import { type DebianOptions, fromDebian } from './from-debian.ts'
import { keepFolder } from './keep.ts'
import { LocalError } from './local-error.ts'
import { type OwnProcess, StartError, startProcess } from './own-process.ts'
import { temporaryBase } from './reachable-folder.ts'
import { serverUser } from './server-user.ts'

const debian = {
  name: 'pgbouncer',
  title: 'PgBouncer',
  packages: ['pgbouncer'],
  file: 'usr/sbin/pgbouncer',
  args: ['--version'],
}

type LocalPgbouncer = {
  /** The address of the PostgreSQL behind it, with this pooler's port; every database of the server is behind it. */
  url: string
  how: 'path' | 'apt'
  stop: () => Promise<void>
}
type PgbouncerOptions = DebianOptions & {
  /** The PostgreSQL behind it, with the user that may connect. */
  server: string
}

/**
 * A PgBouncer in transaction mode before a PostgreSQL: from PATH or, on Debian and its children, fetched by apt. It pools
 * each database by itself. Throws LocalError where there is none, or it does not start.
 */
export async function startPgbouncer(options: PgbouncerOptions): Promise<LocalPgbouncer> {
  const { say, env } = options
  const bins = env['PATH'] ?? ''
  const path = await findExecutable('pgbouncer', { PATH: `${bins}:${bins.replaceAll(/\/bin(?=:|$)/g, '/sbin')}` })
  const found = path === null ? await fromDebian(debian, options) : { file: path, home: '', libraries: '' }
  if (found === null)
    throw new LocalError('PgBouncer is not at hand, and apt fetches none here: install pgbouncer to test behind it.')
  // It refuses to run as root, and another user cannot walk into root's cache.
  const runAs = await serverUser()
  const folder = await mkdtemp(join(await temporaryBase(runAs?.uid), 'assayer-pgbouncer-'))
  const release = keepFolder(folder)
  const remove = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    await release()
  }
  try {
    if (found.home !== '') await cp(found.home, join(folder, 'debian'), { recursive: true, verbatimSymlinks: true })
    const moved = (text: string) => (found.home === '' ? text : text.replaceAll(found.home, join(folder, 'debian')))
    const binary = { file: moved(found.file), libraries: moved(found.libraries) }
    if (runAs) await chown(folder, runAs.uid, runAs.gid)
    const { own, port } = await say.during('starting PgBouncer', () => startOnFreePort(binary, folder, runAs, options))
    return {
      url: Object.assign(new URL(options.server), { hostname: '127.0.0.1', port: String(port) }).href,
      how: path === null ? 'apt' : 'path',
      async stop() {
        await own.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function startOnFreePort(
  { file, libraries }: { file: string; libraries: string },
  folder: string,
  runAs: Awaited<ReturnType<typeof serverUser>>,
  { server, signal }: PgbouncerOptions,
): Promise<{ own: OwnProcess; port: number }> {
  const users = join(folder, 'users.txt')
  const ini = join(folder, 'pgbouncer.ini')
  await writeFile(users, userLine(server), { mode: 0o600 })
  if (runAs) await chown(users, runAs.uid, runAs.gid)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    await writeFile(ini, settings(server, users, port))
    try {
      const own = await startProcess({
        name: 'PgBouncer',
        file,
        args: [ini],
        env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries },
        cwd: folder,
        runAs,
        ready: (line) => line.includes('process up'),
        readyWithinMs: 15_000,
        stopSteps: [{ signal: 'SIGTERM', waitMs: 5000 }],
        signal,
      })
      return { own, port }
    } catch (error) {
      const taken = error instanceof StartError && /Address already in use/.test(error.log)
      if (!taken || attempt === 3) throw error
    }
  }
}

const quoted = (text: string) => `"${decodeURIComponent(text).replaceAll('"', '""')}"`
const userLine = (server: string) => `${quoted(new URL(server).username)} ${quoted(new URL(server).password)}\n`

const settings = (server: string, users: string, port: number) => `[databases]
* = host=${new URL(server).hostname.replace(/^\[|\]$/g, '')} port=${new URL(server).port || '5432'}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = ${new URL(server).password === '' ? 'trust' : 'scram-sha-256'}
auth_file = ${users}
pool_mode = transaction
max_client_conn = 1000
default_pool_size = 20
server_idle_timeout = 10
log_connections = 0
log_disconnections = 0
`
