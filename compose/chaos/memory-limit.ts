import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A control group whose processes get so much memory and no more; `processes` is the file that takes their numbers. */
export type MemoryLimit = { processes: string; kills(): Promise<number>; stop(): Promise<void> }

const root = '/sys/fs/cgroup'
let made = 0

const numberIn = async (file: string, name: RegExp): Promise<number> =>
  Number(name.exec(await readFile(file, 'utf8').catch(() => ''))?.[1] ?? 0)

/** Makes one, in the hierarchy of version 1 or 2, which takes root; null where it cannot be done. */
export async function limitMemory(mebibytes: number): Promise<MemoryLimit | null> {
  const name = `assayer-chaos-${process.pid}-${made++}`
  const bytes = String(mebibytes * 2 ** 20)
  for (const [folder, limit, events] of [
    [join(root, 'memory', name), 'memory.limit_in_bytes', 'memory.oom_control'],
    [join(root, name), 'memory.max', 'memory.events'],
  ] as const) {
    try {
      await mkdir(folder)
      await writeFile(join(folder, limit), bytes)
      return {
        processes: join(folder, 'cgroup.procs'),
        kills: () => numberIn(join(folder, events), /oom_kill (\d+)/),
        stop: () => rmdir(folder).catch(() => {}),
      }
    } catch {
      await rmdir(folder).catch(() => {})
    }
  }
  return null
}
