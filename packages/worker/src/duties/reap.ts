import { findSuspects, reapShards, sessionAge, settleScan } from '@assayer/schema/store'
import type { Sql, Suspect } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'

export type ReapTimes = {
  /** An expired lease must be seen again unchanged after this long: a living worker renews meanwhile. */
  secondLookMs: number
  /** A session key must be seen free for this long. */
  orphanMs: number
  /** The reaper's own session must be this old: a server that just restarted has freed all locks. */
  sessionAgeMs: number
  /** Behind a pooler looks further apart begin anew: meanwhile the database may have been away from those that renew too. */
  gapMs: number
}

export const reapTimes: ReapTimes = { secondLookMs: 11_000, orphanMs: 5_000, sessionAgeMs: 10_000, gapMs: 5_000 }

/**
 * Takes lost attempts back. Runs in every worker, without a lock. It may take back an attempt whose worker still lives (cut
 * off, or stopped for longer than its lease): that worker's warden has shut the wall and killed Nuclei before, and its next
 * write is fenced. `sql` must hold one connection that lives long; a new session forgets what was seen. Behind a transaction pooler
 * (`pooled`) each statement may have another session: there only leases tell, and looks without a gap are enough.
 */
export function createReaper(options: {
  sql: Sql
  log: Log
  times: ReapTimes
  pooled: boolean
  onTaken(scanId: string, workspaceId: string): void
}): () => Promise<void> {
  const firstSeen = new Map<string, number>()
  let session = ''
  let lastLook = -Infinity
  const { times, pooled } = options

  return async () => {
    const { id, ageMs } = pooled ? { id: '', ageMs: Infinity } : await sessionAge(options.sql)
    const now = performance.now()
    if (id !== session || (pooled && now - lastLook > times.gapMs)) firstSeen.clear()
    session = id
    const suspects = await findSuspects(options.sql)
    lastLook = performance.now()
    const present = new Set<string>()
    const lost: Suspect[] = []
    for (const seen of suspects) {
      if (pooled && !seen.expired) continue
      // A free session key tells more, and sooner, than a lease that has also passed.
      const suspect = { ...seen, expired: seen.expired && (pooled || !seen.orphaned) }
      const basis = suspect.expired ? suspect.lease : suspect.sessionKey
      const name = `${suspect.shardId} ${suspect.attempt} ${suspect.expired} ${basis}`
      present.add(name)
      const firstAt = firstSeen.get(name) ?? now
      firstSeen.set(name, firstAt)
      const wait = suspect.expired ? times.secondLookMs : times.orphanMs
      if (now - firstAt >= wait && ageMs >= times.sessionAgeMs) lost.push(suspect)
    }
    for (const name of firstSeen.keys()) if (!present.has(name)) firstSeen.delete(name)
    if (lost.length === 0) return
    for (const taken of await reapShards(options.sql, lost)) {
      options.log.warn(
        { scanId: taken.scanId, shardId: taken.shardId, attempt: taken.attempt, state: taken.state },
        'attempt was lost and taken back',
      )
      if (taken.state !== 'queued') await settleScan(options.sql, taken.workspaceId, taken.scanId)
      options.onTaken(taken.scanId, taken.workspaceId)
    }
  }
}
