import type { WorkerMemory } from '@assayer/schema/store'

/** What one Nuclei may use where the worker has a memory limit: the limit less 200 MiB for Node and warden, by slot. */
export function memoryShare(slots: number): number | null {
  const limit = process.constrainedMemory()
  if (limit === 0 || limit > 64 * 2 ** 30) return null
  return Math.max(128 * 2 ** 20, Math.trunc(((limit - 200 * 2 ** 20) / slots) * 0.85))
}

/** What this process uses, and what it and all it started may use. */
export const memoryNow = (): WorkerMemory => {
  const limit = process.constrainedMemory()
  return { bytes: process.memoryUsage.rss(), limitBytes: limit === 0 || limit > 2 ** 50 ? null : limit }
}
