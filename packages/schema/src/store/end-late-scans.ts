import type { Sql } from './connect.ts'

/** When the scan `c` with the order `o` is to be over: null without a deadline. Time paused does not count. */
export const deadlineOf = (sql: Sql) => sql`
  (c.created_at + ((o.limits->>'deadlineSeconds')::integer + c.paused_seconds) * interval '1 second'
    + coalesce(now() - c.pause_requested_at, interval '0'))`

type Late = { workspaceId: string; scanId: string }

/**
 * Ends what still waits of scans whose deadline has passed, a hundred scans at a time; what runs is told by its worker's next
 * look. Returns the scans, each to be settled in a statement of its own.
 */
export async function endLateShards(sql: Sql): Promise<Late[]> {
  const late = await sql<Late[]>`
    select c.workspace_id as "workspaceId", c.id as "scanId" from scans c
    join scan_orders o on o.workspace_id = c.workspace_id and o.scan_id = c.id
    cross join lateral (
      select from shards d where d.workspace_id = c.workspace_id and d.scan_id = c.id and d.state in ('queued', 'held') limit 1
    ) waiting
    where c.finished_at is null and ${deadlineOf(sql)} < now()
    order by c.created_at limit 100`
  for (const scan of late) await endWaitingShards(sql, scan)
  return late
}

/** A statement a scan: one for all made the planner read every shard there is. */
async function endWaitingShards(sql: Sql, { workspaceId, scanId }: Late): Promise<void> {
  await sql`
    with waiting as materialized (
      select d.workspace_id, d.scan_id, d.id from shards d
      where d.workspace_id = ${workspaceId} and d.scan_id = ${scanId} and d.state in ('queued', 'held')
      order by d.id for no key update of d skip locked
    ), decided as materialized (
      select w.*, f.unconfirmed from waiting w, decide_findings(w.workspace_id, w.scan_id, w.id, null) f
    ), left_out as (
      update shard_targets t set coverage = 'skipped', reason = 'deadline' from waiting w
      where t.workspace_id = w.workspace_id and t.scan_id = w.scan_id and t.shard_id = w.id and t.coverage = 'pending'
    )
    update shards d set state = 'failed', ended_at = now(), unconfirmed = w.unconfirmed,
      reason = '{"code": "deadline", "detail": null}'::jsonb
    from decided w where d.workspace_id = w.workspace_id and d.scan_id = w.scan_id and d.id = w.id`
}
