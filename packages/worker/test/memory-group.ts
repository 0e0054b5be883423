import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'

export type MemoryGroup = { version: 1 | 2; add(pid: number): void; remove(): void }

const places = [
  { version: 1, parent: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
  { version: 2, parent: '/sys/fs/cgroup', limit: 'memory.max' },
] as const

/** A control group of Linux with a memory limit, by version 1 or 2; null where this process may make none. */
export function memoryGroup(bytes: number): MemoryGroup | null {
  for (const { version, parent, limit } of places) {
    const path = `${parent}/assayer-test-${process.pid}`
    try {
      mkdirSync(path)
    } catch {
      continue
    }
    try {
      writeFileSync(`${path}/${limit}`, String(bytes), { flag: 'r+' })
      return {
        version,
        add: (pid) => writeFileSync(`${path}/cgroup.procs`, String(pid), { flag: 'r+' }),
        remove: () => rmdirSync(path),
      }
    } catch {
      rmdirSync(path)
    }
  }
  return null
}
