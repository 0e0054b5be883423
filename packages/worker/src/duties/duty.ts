import type { Log } from '@assayer/schema'
import { isDatabaseAway, isDatabaseBusy } from '@assayer/schema/store'

export type Duty = { stop(): Promise<void>; wake(): void }

/**
 * Runs `work` again and again, `everyMs` apart with a fifth of jitter, never twice at once, sooner when woken. The first round is
 * after `firstMs`: rounds that all began at once would each open a connection, and what a pool has opened it goes on using in turn.
 * What it throws is logged, as a warning while the database is away, and the next round tries again. `stop` waits for the round
 * under way.
 */
export function startDuty(
  name: string,
  everyMs: number,
  log: Log,
  work: (signal: AbortSignal) => Promise<void>,
  firstMs = 0,
): Duty {
  const stopping = new AbortController()
  let woken = Promise.withResolvers<void>()
  const rest = async (ms: number) => {
    let timer: NodeJS.Timeout | undefined
    const slept = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
    await Promise.race([slept, woken.promise])
    clearTimeout(timer)
  }
  const round = async () => {
    if (firstMs > 0) await rest(firstMs)
    while (!stopping.signal.aborted) {
      woken = Promise.withResolvers()
      try {
        await work(stopping.signal)
      } catch (error) {
        const away = isDatabaseAway(error) || isDatabaseBusy(error)
        const reason = error instanceof Error ? error.message : String(error)
        if (away) log.warn({ duty: name, reason }, 'duty waited: the database is away')
        else log.error({ duty: name, err: error }, 'duty failed')
      }
      await rest(everyMs * (0.8 + Math.random() * 0.4))
    }
  }
  const done = round()
  return {
    wake: () => woken.resolve(),
    async stop() {
      stopping.abort()
      woken.resolve()
      await done
    },
  }
}
