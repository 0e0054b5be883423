import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** One budget of connects and requests a second for each host, shared by all attempts that go there. */
export type Budget = {
  /** Lets an attempt spend `perSecond` at a host; of several attempts there the highest rate counts. */
  join(host: string, attemptId: string, perSecond: number): void
  /** Forgets an attempt, and each host where no other one is. */
  leave(attemptId: string): void
  /** Waits for a turn, first come first served. False at once when it would not come within `waitMs`, or by `signal`. */
  take(host: string, waitMs: number, signal: AbortSignal): Promise<boolean>
}

/**
 * What may be spent in one burst after a quiet time, in seconds of the rate. Nuclei's own limit lets a second's requests go at
 * once too; a tenth here made a small scan of 50 requests a second longer than by hand.
 */
const BURST_SECONDS = 1

/** A virtual queue (generic cell rate algorithm): each turn moves the time of the next one, nothing is stored a turn. */
export function createBudget(clock: Clock): Budget {
  const hosts = new Map<string, { rates: Map<string, number>; nextAt: number }>()
  return {
    join(host, attemptId, perSecond) {
      const entry = hosts.get(host) ?? { rates: new Map<string, number>(), nextAt: 0 }
      entry.rates.set(attemptId, perSecond)
      hosts.set(host, entry)
    },
    leave(attemptId) {
      for (const [host, { rates }] of hosts) {
        if (rates.delete(attemptId) && rates.size === 0) hosts.delete(host)
      }
    },
    async take(host, waitMs, signal) {
      const entry = hosts.get(host)
      if (!entry || signal.aborted) return false
      const now = clock.monotonic()
      const intervalMs = 1000 / Math.max(...entry.rates.values())
      const burstMs = Math.max(0, BURST_SECONDS * 1000 - intervalMs)
      const turnAt = Math.max(entry.nextAt, now - burstMs)
      if (turnAt - now > waitMs) return false
      entry.nextAt = turnAt + intervalMs
      if (turnAt <= now) return true
      return await sleep(turnAt - now, true, { signal }).catch(() => false)
    },
  }
}
