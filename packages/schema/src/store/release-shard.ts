import type { AttemptKey } from './claim-shard.ts'
import type { Sql } from './connect.ts'
import { dueAfterLoss } from './due-after-loss.ts'

export type Release = {
  /** `shutdown`, `database-away`, `spawn-failed`, `yielded`, `claim-unheard`, `stalled`, `draining`, ... */
  why: string
  /** Counted towards `dead`: Nuclei died by a signal that we did not send. */
  counted: boolean
  memoryKill?: boolean
  stalled?: boolean
  /** Until it is due again; after a counted loss the number of losses decides instead. */
  delayMs: number
  detail: Record<string, unknown>
}

/** After these the worker that had it may take it again at once: it was not at fault. */
const blameless = new Set(['yielded', 'claim-unheard'])
/** How often a shard may be given back uncounted, but for yielding to another at its host, which may take an hour. */
const mostReleases = 20

/**
 * Gives a running shard back before its lease ends: `queued` with its delay, `held` or `cancelled` as the scan wants, `dead`
 * after the third counted loss, `partial` (`interrupted`, with what this attempt found) once it was given back twenty times
 * before. False when fenced.
 */
export async function releaseShard(sql: Sql, key: AttemptKey, release: Release): Promise<boolean> {
  const counted = release.counted ? 1 : 0
  const uncounted = release.counted || release.why === 'yielded' ? 0 : 1
  const interrupted = `given back ${mostReleases + 1} times, at last: ${release.why}`
  const rows = await sql`
    with mine as materialized (
      select s.*, s.losses + ${counted}::integer as lost from shards s
      where s.workspace_id = ${key.workspaceId} and s.scan_id = ${key.scanId} and s.id = ${key.shardId}
        and s.attempt = ${key.attempt} and s.state = 'running'
      for no key update
    ), next as (
      select mine.*, case when c.cancel_requested_at is not null then 'cancelled' when mine.lost >= 3 then 'dead'
        when mine.releases + ${uncounted}::integer > ${mostReleases}::integer then 'partial'
        when c.pause_requested_at is not null then 'held' else 'queued' end as follows
      from mine join scans c on c.workspace_id = mine.workspace_id and c.id = mine.scan_id
    ), decided as materialized (
      select f.* from next, decide_findings(next.workspace_id, next.scan_id, next.id,
        case when next.follows = 'partial' then next.attempt end) f
      where next.follows in ('cancelled', 'dead', 'partial')
    ), left_out as (
      update shard_targets t set coverage = 'skipped',
        reason = case next.follows when 'dead' then 'shards-dead' when 'partial' then 'interrupted' else 'cancelled' end
      from next where next.follows in ('cancelled', 'dead', 'partial') and t.workspace_id = next.workspace_id
        and t.scan_id = next.scan_id and t.shard_id = next.id and t.coverage = 'pending'
    ), attempted as (
      update attempts a set ended_at = now(), outcome = ${release.counted ? 'lost' : 'released'},
        detail = ${sql.json({ ...release.detail, why: release.why })}
      from mine where a.workspace_id = mine.workspace_id and a.scan_id = mine.scan_id and a.shard_id = mine.id
        and a.number = mine.attempt
    )
    update shards s set state = next.follows, losses = next.lost, releases = s.releases + ${uncounted}::integer,
      stalls = s.stalls + ${release.stalled ? 1 : 0}::integer,
      memory_kills = s.memory_kills + ${release.memoryKill ? 1 : 0}::integer,
      lease_until = null, session_key = null,
      avoid_worker_id = ${blameless.has(release.why) ? null : sql`s.worker_id`},
      due_at = ${release.counted ? dueAfterLoss(sql) : sql`now() + ${release.delayMs} * interval '1 millisecond'`},
      ended_at = case when next.follows in ('cancelled', 'dead', 'partial') then now() end,
      reason = case next.follows when 'dead' then jsonb_build_object('code', 'shards-dead', 'detail', ${release.why}::text)
        when 'partial' then jsonb_build_object('code', 'interrupted', 'detail', ${interrupted}::text) end,
      critical = coalesce(d.critical, 0), high = coalesce(d.high, 0), medium = coalesce(d.medium, 0), low = coalesce(d.low, 0),
      info = coalesce(d.info, 0), unknown = coalesce(d.unknown, 0), unconfirmed = coalesce(d.unconfirmed, s.unconfirmed)
    from next left join decided d on true
    where s.workspace_id = next.workspace_id and s.scan_id = next.scan_id and s.id = next.id
    returning 1`
  return rows.length > 0
}
