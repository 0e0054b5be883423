import type { Log } from '@assayer/schema'
import { isDatabaseAway, isDatabaseBusy } from '@assayer/schema/store'

export type Duty = { stop(): Promise<void>; wake(): void }

/**
 * Runs `work` again and again, `everyMs` apart with a fifth of jitter, never twice at once, sooner when woken. What it throws
 * is logged, as a warning while the database is away, and the next round tries again. `stop` waits for the round under way.
 */
export function startDuty(name: string, everyMs: number, log: Log, work: (signal: AbortSignal) => Promise<void>): Duty {
  const stopping = new AbortController()
  let wake = () => {}
  const round = async () => {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve))
      try {
        await work(stopping.signal)
      } catch (error) {
        const away = isDatabaseAway(error) || isDatabaseBusy(error)
        const reason = error instanceof Error ? error.message : String(error)
        if (away) log.warn({ duty: name, reason }, 'duty waited: the database is away')
        else log.error({ duty: name, err: error }, 'duty failed')
      }
      const pause = everyMs * (0.8 + Math.random() * 0.4)
      let timer: NodeJS.Timeout | undefined
      const slept = new Promise<void>((resolve) => (timer = setTimeout(resolve, pause)))
      await Promise.race([slept, woken])
      clearTimeout(timer)
    }
  }
  const done = round()
  return {
    wake: () => wake(),
    async stop() {
      stopping.abort()
      wake()
      await done
    },
  }
}
