import { randomUUID } from 'node:crypto'
import type { Log } from '../log.ts'
import { keepQueue } from './keep-queue.ts'

export type Bell = { ring(): void; lost(): number; close(): Promise<void> }

/**
 * Rings the doorbell: one bee-queue job that says "there may be work". Fire and forget: `ring` never throws, never waits and
 * keeps at most four rings under way; what cannot be rung is counted, as workers also poll. An empty URL rings nothing.
 */
export function createBell(options: { redisUrl: string; log: Log }): Bell {
  if (options.redisUrl === '') return { ring() {}, lost: () => 0, close: async () => {} }
  const kept = keepQueue({ ...options, isWorker: false })
  let underWay = 0
  let lost = 0

  const ring = async () => {
    const queue = kept.current()
    if (!queue || underWay >= 4) {
      lost++
      return
    }
    underWay++
    let deadline: NodeJS.Timeout | undefined
    try {
      const saved = queue.createJob({}).setId(randomUUID()).save()
      saved.catch(() => {})
      const late = new Promise<never>((_, reject) => {
        deadline = setTimeout(() => reject(new Error('a ring took over 500 ms')), 500)
      })
      await Promise.race([saved, late])
    } catch (error) {
      lost++
      kept.doubt(error instanceof Error ? error.message : 'a ring failed')
    } finally {
      clearTimeout(deadline)
      underWay--
    }
  }
  return { ring: () => void ring(), lost: () => lost, close: () => kept.close() }
}
