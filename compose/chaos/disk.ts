import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../local/run-command.ts'

/** A disk of a few MiB of its own, that can be filled and emptied again. */
export type Disk = { path: string; fill(): Promise<void>; free(): Promise<void>; stop(): Promise<void> }

const run = async (file: string, ...args: string[]): Promise<boolean> => {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }
  const { code } = await runCommand({ name: file, file, args, env, timeoutMs: 10_000 })
  return code === 0
}

/** Mounts a tmpfs of so many MiB, which takes root; null where that cannot be done. */
export async function mountDisk(mebibytes: number): Promise<Disk | null> {
  if (process.getuid?.() !== 0) return null
  // Other users have to get in: below a world's own folder none does.
  const path = await mkdtemp('/tmp/assayer-disk-')
  if (!(await run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0755`, 'tmpfs', path).catch(() => false))) {
    await rm(path, { recursive: true })
    return null
  }
  const filler = join(path, 'filler')
  return {
    path,
    async fill() {
      const { bavail, bsize } = await statfs(path)
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => {})
      // What was given back meanwhile.
      for (let n = 0; n < 64; n++) await writeFile(filler, Buffer.alloc(bsize), { flag: 'a' }).catch(() => {})
    },
    free: () => rm(filler, { force: true }),
    async stop() {
      if (!(await run('umount', path))) await run('umount', '-l', path)
      await rm(path, { recursive: true, force: true })
    },
  }
}
