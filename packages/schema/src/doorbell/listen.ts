import type { Log } from '../log.ts'
import { keepQueue } from './keep-queue.ts'

type Raw = { client: { llen(key: string, done: (error: Error | null, n: number) => void): void } }

/**
 * Calls `onRing` for each bell popped, and once whenever the doorbell comes back. The handler resolves at once: a bee-queue
 * job never stands for the scan. Every two seconds a probe asks for the queue's length with a deadline of a second; no
 * answer, or bells that wait while none is popped, and the Queue is built anew.
 */
export function listenToDoorbell(options: { redisUrl: string; log: Log; onRing: () => void }): {
  close(): Promise<void>
} {
  if (options.redisUrl === '') return { close: async () => {} }
  let popped = 0
  let waitedSince: number | null = null
  const kept = keepQueue({
    ...options,
    isWorker: true,
    onReady(queue) {
      waitedSince = null
      queue.process(1, async () => {
        popped++
        options.onRing()
      })
      options.onRing()
    },
  })

  const probe = () => {
    const queue = kept.current()
    if (!queue) return
    const deadline = setTimeout(() => kept.doubt('a probe took over a second'), 1000)
    const poppedBefore = popped
    ;(queue as unknown as Raw).client.llen('bq:assayer-doorbell:waiting', (error, waiting) => {
      clearTimeout(deadline)
      if (error) kept.doubt(error.message)
      else if (waiting > 0 && waitedSince === poppedBefore) kept.doubt('bells wait and none is popped')
      else waitedSince = waiting > 0 ? poppedBefore : null
    })
  }
  const timer = setInterval(probe, 2000)
  return {
    async close() {
      clearInterval(timer)
      await kept.close()
    },
  }
}
