import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type ScanFolder = {
  path: string
  env: Record<string, string>
  /** Rejects with the system's error where no MiB can be written any more: then this machine is at fault, not what it runs. */
  checkRoom(): Promise<void>
  remove(): Promise<void>
}

/**
 * A private folder for one run of Nuclei: HOME, TMPDIR and XDG folders lie inside, nothing of the worker's environment gets
 * through. PATH names a folder that is not there: ssl templates would run an `openssl` they find, which knows no wall. An empty ignore list is seeded: what is left out is decided by the selection, not by a default deny list
 * that would drop templates silently.
 */
export async function makeFolder(parent: string, memoryLimitBytes: number | null): Promise<ScanFolder> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const path = await mkdtemp(join(parent, 'scan-'))
  const config = join(path, 'config', 'nuclei')
  await Promise.all([mkdir(config, { recursive: true }), mkdir(join(path, 'tmp')), mkdir(join(path, 'cache'))])
  await writeFile(join(config, '.nuclei-ignore'), 'tags: []\nfiles: []\n')
  const env: Record<string, string> = {
    PATH: join(path, 'bin'),
    HOME: path,
    TMPDIR: join(path, 'tmp'),
    XDG_CONFIG_HOME: join(path, 'config'),
    XDG_CACHE_HOME: join(path, 'cache'),
    XDG_DATA_HOME: join(path, 'data'),
    XDG_STATE_HOME: join(path, 'state'),
    TZ: 'UTC',
    ...(memoryLimitBytes === null ? {} : { GOMEMLIMIT: String(memoryLimitBytes) }),
  }
  const checkRoom = () => writeFile(join(path, 'room'), Buffer.alloc(1024 * 1024))
  return { path, env, checkRoom, remove: () => removeFolder(path) }
}

export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 })

const leftAfterMs = 48 * 3_600_000

/** Removes what workers that were killed left here: folders named by a worker's id, untouched for longer than any run lasts. */
export async function sweepFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names.filter((one) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(one))) {
    const path = join(parent, name)
    const touched = await stat(path).catch(() => null)
    if (touched !== null && Date.now() - touched.mtimeMs > leftAfterMs) await removeFolder(path).catch(() => {})
  }
}
