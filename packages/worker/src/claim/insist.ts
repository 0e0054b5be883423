import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway, isDatabaseBusy } from '@assayer/schema/store'

/**
 * Sends an idempotent statement until it is answered, 100 ms doubling to 2 s apart, while the database is away or busy. Gives
 * up with the last error once `signal` aborts; errors of another kind are thrown at once.
 */
export async function insist<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await send()
    } catch (error) {
      if (!(isDatabaseAway(error) || isDatabaseBusy(error)) || signal.aborted) throw error
      await sleep(Math.min(100 * 2 ** tries, 2000), undefined, { signal }).catch(() => {})
    }
  }
}
