import type { Log } from '@assayer/schema'
import {
  claimDeliveries,
  isDatabaseAway,
  isDatabaseBusy,
  reapDeliveries,
  tellEvents,
  tellFindings,
} from '@assayer/schema/store'
import type { ClaimedDelivery, Sql } from '@assayer/schema/store'

export type DeliverLoop = { wake(): void; stop(): Promise<void> }

type Options = {
  workerId: string
  sql: Sql
  log: Log
  /** Deliveries under way at once. */
  slots: number
  leaseMs: number
  /** What is under way when it stops gets so long to end before it is given back. */
  graceMs: number
  /** Never rejects for what a receiver does. */
  send(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void>
}

const everyMs = 500
/** Places that become free within so long are filled by one claim. */
const gatherMs = 5
const reapEveryMs = 5000
/** This share of the places is for the first deliveries of endpoints that do not fail. */
const reservedShare = 1 / 4

/**
 * Tells events to endpoints and sends what is due, until stopped: at a wake, when a place became free, and each half second. Runs
 * in every worker. It may wrongly send an event twice, with the same id (a sender died or was cut off between the reply and
 * writing it down), never not at all.
 */
export function startDelivering({ workerId, sql, log, slots, leaseMs, graceMs, send }: Options): DeliverLoop {
  const reserved = Math.floor(slots * reservedShare)
  const stopping = new AbortController()
  const giveUp = new AbortController()
  const underWay = new Set<Promise<void>>()
  let woken = Promise.withResolvers<void>()
  const wake = () => woken.resolve()
  let gathering = false
  const wakeSoon = () => {
    if (gathering) return
    gathering = true
    setTimeout(() => {
      gathering = false
      wake()
    }, gatherMs)
  }
  let reapedAt = Number.NEGATIVE_INFINITY

  const start = (delivery: ClaimedDelivery) => {
    const sending = send(delivery, giveUp.signal)
      .catch((error: unknown) => complain(log, error))
      .finally(() => {
        underWay.delete(sending)
        wakeSoon()
      })
    underWay.add(sending)
  }

  const round = async (): Promise<boolean> => {
    let more = (await tellEvents(sql)) > 0
    more = (await tellFindings(sql)) || more
    if (performance.now() - reapedAt > reapEveryMs) {
      await reapDeliveries(sql)
      reapedAt = performance.now()
    }
    const most = slots - underWay.size
    if (most <= 0) return false
    const claimed = await claimDeliveries(sql, { id: workerId, leaseMs, most, reserved })
    claimed.forEach(start)
    // Fewer than there are places: nothing else may go out now, and each end wakes the next round.
    return more || claimed.length === most
  }

  const loop = async () => {
    while (!stopping.signal.aborted) {
      woken = Promise.withResolvers()
      try {
        if (await round()) continue
      } catch (error) {
        complain(log, error)
      }
      let timer: NodeJS.Timeout | undefined
      const slept = new Promise<void>((resolve) => (timer = setTimeout(resolve, everyMs * (0.8 + Math.random() * 0.4))))
      await Promise.race([woken.promise, slept])
      clearTimeout(timer)
    }
  }
  const done = loop()
  return {
    wake,
    async stop() {
      stopping.abort()
      wake()
      await done
      const timer = setTimeout(() => giveUp.abort(), graceMs)
      await Promise.all(underWay)
      clearTimeout(timer)
    },
  }
}

function complain(log: Log, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  if (isDatabaseAway(error) || isDatabaseBusy(error))
    log.warn({ reason }, 'webhook delivery waited: the database is away')
  else log.error({ err: error }, 'webhook delivery failed')
}
