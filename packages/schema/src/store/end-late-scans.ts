import type { Sql } from './connect.ts'

/** When the scan `c` with the order `o` is to be over: null without a deadline. Time paused does not count. */
export const deadlineOf = (sql: Sql) => sql`
  (c.created_at + ((o.limits->>'deadlineSeconds')::integer + c.paused_seconds) * interval '1 second'
    + coalesce(now() - c.pause_requested_at, interval '0'))`

/**
 * Ends what still waits of scans whose deadline has passed, a hundred scans at a time; what runs is told by its worker's next
 * look. Returns the scans, each to be settled in a statement of its own.
 */
export async function endLateShards(sql: Sql): Promise<{ workspaceId: string; scanId: string }[]> {
  return await sql<{ workspaceId: string; scanId: string }[]>`
    with late as (
      select c.workspace_id, c.id from scans c
      join scan_orders o on o.workspace_id = c.workspace_id and o.scan_id = c.id
      where c.finished_at is null and ${deadlineOf(sql)} < now() limit 100
    ), waiting as materialized (
      select d.workspace_id, d.scan_id, d.id from shards d
      join late on late.workspace_id = d.workspace_id and late.id = d.scan_id
      where d.state in ('queued', 'held') order by d.workspace_id, d.scan_id, d.id for no key update of d skip locked
    ), decided as materialized (
      select w.*, f.unconfirmed from waiting w, decide_findings(w.workspace_id, w.scan_id, w.id, null) f
    ), left_out as (
      update shard_targets t set coverage = 'skipped', reason = 'deadline' from waiting w
      where t.workspace_id = w.workspace_id and t.scan_id = w.scan_id and t.shard_id = w.id and t.coverage = 'pending'
    ), ended as (
      update shards d set state = 'failed', ended_at = now(), unconfirmed = w.unconfirmed,
        reason = '{"code": "deadline", "detail": null}'::jsonb
      from decided w where d.workspace_id = w.workspace_id and d.scan_id = w.scan_id and d.id = w.id
      returning d.workspace_id, d.scan_id
    )
    select distinct workspace_id as "workspaceId", scan_id as "scanId" from ended`
}
