import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keepFolder } from './keep.ts'
import { LocalError } from './local-error.ts'
import { lastLines } from './own-process.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { canReach, ownFolder, temporaryBase } from './reachable-folder.ts'
import { runCommand } from './run-command.ts'

export type RunAs = { uid: number; gid: number } | undefined
export type Cluster = { data: string; password: string; remove: () => Promise<void> }

/** What initdb and the server see of the environment. */
export const postgresEnv = (lib: string): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LD_LIBRARY_PATH: lib,
  LC_ALL: 'C',
  TZ: 'UTC',
})

/**
 * The data folder of a PostgreSQL: a new one, removed by `remove()` or when this process ends, or the kept one in
 * `keepData`, made at its first use. Its superuser is `assayer`. Throws LocalError, also when the kept data are of
 * another major version.
 */
export async function prepareCluster(
  binaries: PostgresBinaries,
  runAs: RunAs,
  keepData: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Cluster> {
  if (keepData === undefined) {
    const folder = await mkdtemp(join(await temporaryBase(runAs?.uid), 'assayer-postgres-'))
    const release = keepFolder(folder)
    const remove = async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      await release()
    }
    try {
      return { ...(await makeCluster(folder, binaries, runAs, signal)), remove }
    } catch (error) {
      await remove()
      throw error
    }
  }
  const folder = await keptFolder(keepData, runAs)
  const remove = async () => {}
  const version = await readFile(join(folder, 'data/PG_VERSION'), 'utf8').catch(() => '')
  if (version === '') return { ...(await makeCluster(folder, binaries, runAs, signal)), remove }
  if (version.trim() !== binaries.majorVersion) {
    throw new LocalError(
      `${folder} holds data of PostgreSQL ${version.trim()}, this is ${binaries.majorVersion}: remove that folder to start anew.`,
    )
  }
  return { data: join(folder, 'data'), password: (await readFile(join(folder, 'password'), 'utf8')).trim(), remove }
}

/** As root the server is another user, who cannot walk into a private home: then the data live below /var/tmp. */
async function keptFolder(wanted: string, runAs: RunAs): Promise<string> {
  await mkdir(wanted, { recursive: true, mode: 0o700 })
  if (runAs === undefined || (await canReach(dirname(wanted), runAs.uid))) return give(wanted, runAs)
  const base = await ownFolder('/var/tmp', `assayer-${process.getuid?.()}`)
  const folder = join(base, `data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return give(folder, runAs)
}

async function give(path: string, runAs: RunAs): Promise<string> {
  if (runAs !== undefined) await chown(path, runAs.uid, runAs.gid)
  return path
}

async function makeCluster(
  folder: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  signal: AbortSignal | undefined,
): Promise<{ data: string; password: string }> {
  const password = randomBytes(24).toString('hex')
  const part = join(folder, 'data.part')
  await give(folder, runAs)
  await rm(part, { recursive: true, force: true })
  await writeFile(join(folder, 'password'), password, { mode: 0o600 })
  await give(join(folder, 'password'), runAs)
  const result = await runCommand({
    name: 'initdb',
    file: binaries.initdb,
    args: [
      '--pgdata',
      part,
      '--username=assayer',
      '--auth=scram-sha-256',
      `--pwfile=${join(folder, 'password')}`,
      '--locale=C',
      '--encoding=UTF8',
      '--no-sync',
      '--no-instructions',
    ],
    env: postgresEnv(binaries.lib),
    cwd: folder,
    runAs,
    timeoutMs: 60_000,
    signal,
  })
  if (result.code !== 0) {
    throw new LocalError(
      `The embedded PostgreSQL does not run here, set DATABASE_URL to another one. ${lastLines(result.log)}`,
    )
  }
  const data = join(folder, 'data')
  await rename(part, data)
  return { data, password }
}
