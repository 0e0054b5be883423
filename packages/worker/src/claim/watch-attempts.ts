import { readControl, renewLeases } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'
import { startDuty } from '../duties/duty.ts'
import type { Duty } from '../duties/duty.ts'
import type { Session } from '../lease/session.ts'
import { systemClock } from '../wall/clock.ts'
import type { Attempt } from './attempt.ts'

export type LeaseTimes = { leaseMs: number; renewMs: number; marginMs: number; silenceMs: number }
export const leaseTimes: LeaseTimes = { leaseMs: 30_000, renewMs: 10_000, marginMs: 8000, silenceMs: 4000 }

export type WatchOptions = {
  workerId: string
  sql: Sql
  session: Session
  log: Log
  times: LeaseTimes
  running(): Attempt[]
  /** After a good renewal, with the monotonic time from before it was sent. */
  token(attemptIds: string[], asOf: number): void
}

/**
 * Two duties over a worker's running attempts. `control`, each second on the lease connection: is each still mine, was it
 * cancelled; after 4 s without any answer Nuclei is killed, unless the server itself refuses, when nobody else can take over
 * either. `renew`: all leases in one statement; what is not renewed is fenced, and what could not be renewed in time is killed
 * before its lease ends.
 */
export function watchAttempts(options: WatchOptions): Duty[] {
  const { session, times } = options
  const renewed = new Map<string, number>()
  let keyed = session.key()
  let keyedAt = -Infinity

  const control = startDuty('control', 1000, options.log, async () => {
    const attempts = options.running()
    const answer = await session.read((sql) =>
      readControl(
        sql,
        attempts.map(({ key }) => key),
      ),
    )
    if (answer === null) {
      if (session.silentMs() > times.silenceMs && !session.serverRefuses())
        for (const attempt of attempts) attempt.stop('database-away')
      return
    }
    // Until an attempt carries the new session's key it looks orphaned, also one whose claim was under way with the old one.
    if (session.key() !== keyed) keyedAt = systemClock.monotonic()
    keyed = session.key()
    if (attempts.some((attempt) => (renewed.get(attempt.id) ?? attempt.claimedAt) < keyedAt)) renew.wake()
    for (const attempt of attempts) {
      const row = answer.find(
        ({ shardId, attempt: number }) => shardId === attempt.key.shardId && number === attempt.key.attempt,
      )
      if (!row) attempt.stop('fenced')
      else if (row.cancel) attempt.stop('cancelled')
      else if (row.late) attempt.stop('deadline')
    }
  })

  const expire = () => {
    const limit = times.leaseMs - times.marginMs
    for (const attempt of options.running()) {
      const good = renewed.get(attempt.id) ?? attempt.claimedAt
      if (systemClock.monotonic() - good > limit) attempt.stop('database-away')
    }
  }

  const renew = startDuty('renew', times.renewMs * 0.8, options.log, async () => {
    expire()
    const attempts = options.running()
    for (const id of renewed.keys()) if (!attempts.some((attempt) => attempt.id === id)) renewed.delete(id)
    if (attempts.length === 0) return
    const asOf = systemClock.monotonic()
    const { workerId: id, sql } = options
    const mine = await renewLeases(
      sql,
      { id, sessionKey: session.key(), leaseMs: times.leaseMs },
      attempts.map(({ key }) => key),
    )
    const kept = attempts.filter(({ key }) =>
      mine.some(({ shardId, attempt }) => shardId === key.shardId && attempt === key.attempt),
    )
    for (const attempt of kept) renewed.set(attempt.id, asOf)
    for (const attempt of attempts) if (!kept.includes(attempt)) attempt.stop('fenced')
    options.token(
      kept.map((attempt) => attempt.id),
      asOf,
    )
  })
  const guard = setInterval(expire, 1000)
  return [control, { ...renew, stop: () => (clearInterval(guard), renew.stop()) }]
}
