import { chmod, lstat, mkdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { LocalError } from './local-error.ts'

/** Whether a user other than root may walk into this folder: every folder on the way to it lets them pass. */
export async function canReach(path: string, uid: number): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid: owner } = await stat(folder)
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** A folder for temporary files that this user can reach: the system's own, else /tmp or /var/tmp. Throws LocalError. */
export async function temporaryBase(uid: number | undefined): Promise<string> {
  const candidates = [tmpdir(), '/tmp', '/var/tmp']
  for (const candidate of candidates) {
    if (uid === undefined || (await canReach(candidate, uid).catch(() => false))) return candidate
  }
  throw new LocalError(`None of ${candidates.join(', ')} can be used by another user: set TMPDIR to a folder that can.`)
}

/**
 * Makes or finds a folder of ours, readable by all and written by us alone, in a place where others may write too.
 * Throws LocalError where somebody else made it first.
 */
export async function ownFolder(base: string, name: string): Promise<string> {
  const path = join(base, name)
  await mkdir(path, { recursive: true, mode: 0o755 })
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new LocalError(`${path} belongs to somebody else: remove it, or set TMPDIR to another folder.`)
  }
  await chmod(path, 0o755)
  return path
}
