import { access, constants, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkReadable } from './bundle/check-readable.ts'
import { nucleiVersion } from './nuclei/version.ts'

export type SelfCheck = { ok: true; version: string } | { ok: false; message: string }

const neededBytes = 64 * 1024 * 1024

/**
 * Whether this worker can run a shard: the template folder and `files` in it, space for the scan folder and a file in it (a full table of
 * inodes leaves space), the binary and its version, a warden that lives.
 */
export async function checkSelf(options: {
  binary: string
  templatesDir: string
  files: Iterable<string>
  scanDir: string
  warden?(): Promise<unknown>
}): Promise<SelfCheck> {
  try {
    await access(options.templatesDir, constants.R_OK)
    await checkReadable(options.files)
  } catch {
    return {
      ok: false,
      message: `The templates folder ${options.templatesDir} cannot be read: set TEMPLATES_DIR`,
    }
  }
  try {
    await mkdir(options.scanDir, { recursive: true, mode: 0o700 })
    await access(options.scanDir, constants.W_OK)
    const { bavail, bsize } = await statfs(options.scanDir)
    if (bavail * bsize < neededBytes)
      return { ok: false, message: `The scan folder ${options.scanDir} has less than 64 MiB of space left` }
    const probe = await mkdtemp(join(options.scanDir, 'check-'))
    try {
      await writeFile(join(probe, 'file'), 'x')
    } finally {
      await rm(probe, { recursive: true, force: true })
    }
  } catch {
    return { ok: false, message: `The scan folder ${options.scanDir} cannot be written: set SCAN_DIR` }
  }
  try {
    await options.warden?.()
  } catch (error) {
    return { ok: false, message: `No warden can be started: ${error instanceof Error ? error.message : String(error)}` }
  }
  return await nucleiVersion(options.binary)
}
