import { newId } from '../id.ts'
import type { ScanState } from '../scan-state.ts'
import type { Sql } from './connect.ts'

/**
 * Derives a scan's state from its shards, in a statement of its own, and where it changes writes state, reason and outbox
 * rows together: exactly one event a kind. Called by everyone who ended or started a shard, and by a duty; safe to call at
 * any time. Of two that settle at once one writes; the other looks again, as it may have seen more. Returns the new state,
 * or null when nothing changed. A running scan with an open shard, as most are that are settled, stays what it is: for that one
 * shard is looked at, the one claimed last, and none summed.
 *
 * `completed` when every target is covered; `failed` when no target is covered or partial and no finding is confirmed;
 * `cancelled` when it was asked for and no shard runs; else `partial`.
 */
export async function settleScan(sql: Sql, workspaceId: string, scanId: string): Promise<ScanState | null> {
  for (let look = 0; look < 5; look++) {
    const seen = await settleOnce(sql, workspaceId, scanId)
    if (!seen || seen.wanted === seen.state) return null
    if (seen.settled) return seen.settled
  }
  return null
}

type Seen = { state: ScanState; wanted: ScanState; settled: ScanState | null }

async function settleOnce(sql: Sql, workspaceId: string, scanId: string): Promise<Seen | null> {
  const [row] = await sql<Seen[]>`
    with scan as (
      select * from scans c
      where c.workspace_id = ${workspaceId} and c.id = ${scanId} and c.finished_at is null
        and not (c.state = 'running' and c.pause_requested_at is null and (
          select d.id from shards d where d.workspace_id = c.workspace_id and d.scan_id = c.id and d.ended_at is null
          order by d.id desc limit 1) is not null)
    ), judged as (
      select scan.*, sums.*, coverage.*,
        case
          when sums.open = 0 and scan.cancel_requested_at is not null then 'cancelled'
          when sums.open = 0 and coverage.covered = coverage.asked then 'completed'
          when sums.open = 0 and coverage.touched = 0 and sums.confirmed = 0 then 'failed'
          when sums.open = 0 then 'partial'
          when sums.running = 0 and scan.pause_requested_at is not null then 'paused'
          when sums.begun > 0 then 'running'
          else 'queued'
        end as next
      from scan cross join lateral (
        select count(*) filter (where ended_at is null) as open, count(*) filter (where state = 'running') as running,
          count(*) filter (where attempt > 0) as begun,
          coalesce(sum(critical + high + medium + low + info + unknown), 0) as confirmed, min(claimed_at) as first_claim,
          (array_agg(d.reason order by case d.state when 'dead' then 0 when 'failed' then 1 else 2 end)
            filter (where d.reason is not null and d.state <> 'completed'))[1] as worst
        from shards d where d.workspace_id = scan.workspace_id and d.scan_id = scan.id
      ) sums cross join lateral (
        select count(*) as asked, count(*) filter (where worst = 5) as covered,
          count(*) filter (where best >= 4) as touched, count(*) filter (where worst in (1, 3)) as unreachable,
          count(*) filter (where worst = 2) as skipped
        from (
          select min(rank) as worst, max(rank) as best from (
            select ordinal, array_position(array['pending', 'skipped', 'unreachable', 'partial', 'covered'], coverage) as rank
            from shard_targets t where t.workspace_id = scan.workspace_id and t.scan_id = scan.id
          ) ranked group by ordinal
        ) w
      ) coverage
    ), settled as (
      update scans s set state = j.next, version = s.version + 1,
        started_at = coalesce(s.started_at, case when j.begun > 0 then coalesce(j.first_claim, now()) end),
        finished_at = case when j.open = 0 then now() end,
        reason = case when j.open > 0 or j.next in ('completed') then null
          when j.next = 'cancelled' then '{"code": "cancelled", "detail": null}'::jsonb
          when j.worst is not null then j.worst
          when j.unreachable > 0 then jsonb_build_object('code', 'targets-unreachable',
            'detail', j.unreachable || ' of ' || j.asked || ' targets did not answer')
          when j.skipped > 0 then jsonb_build_object('code', 'scope', 'detail', j.skipped || ' targets were skipped')
          else '{"code": "coverage", "detail": null}'::jsonb end
      from judged j
      where s.workspace_id = j.workspace_id and s.id = j.id and s.state = j.state and s.state <> j.next
        and s.cancel_requested_at is not distinct from j.cancel_requested_at
        and s.pause_requested_at is not distinct from j.pause_requested_at
      returning s.*, j.started_at as started_before, j.asked, j.covered, j.confirmed
    ), told as (
      insert into outbox (workspace_id, id, scan_id, kind, payload)
      select workspace_id, event.id, settled.id, event.kind,
        jsonb_build_object('state', case event.kind when 'scan.started' then 'running' else state end, 'reason', reason,
          'labels', labels, 'createdAt', created_at, 'startedAt', started_at, 'finishedAt', finished_at,
          'targets', asked, 'covered', covered, 'findings', confirmed)
      from settled cross join lateral (
        select ${newId()}::uuid as id, 'scan.started' as kind where started_at is not null and started_before is null
        union all select ${newId()}::uuid, 'scan.' || state where finished_at is not null
      ) event
      on conflict (workspace_id, scan_id, kind) do nothing
    )
    select state, next as wanted, (select s.state from settled s) as settled from judged`
  return row ?? null
}

type Unsettled = { workspaceId: string; scanId: string; cancel: boolean; pause: boolean }

/** Open scans whose shards have all ended, or whose cancel, pause or resume is not carried through: what a crash between two statements left behind, two seconds ago or, by a clock set back, in what is now the future. */
export async function findUnsettled(sql: Sql): Promise<Unsettled[]> {
  return await sql<Unsettled[]>`
    select c.workspace_id as "workspaceId", c.id as "scanId", c.cancel_requested_at is not null as cancel,
      c.pause_requested_at is not null as pause
    from scans c cross join lateral (
      select count(*) filter (where d.ended_at is null) as open, count(*) filter (where d.state = 'running') as running,
        count(*) filter (where d.state = 'queued') as queued, count(*) filter (where d.state = 'held') as held,
        count(*) filter (where d.attempt > 0) as begun, max(d.ended_at) as last_end
      from shards d where d.workspace_id = c.workspace_id and d.scan_id = c.id
    ) s
    where c.finished_at is null and (
      c.cancel_requested_at not between now() - interval '2 seconds' and now()
      or (s.open = 0 and s.last_end not between now() - interval '2 seconds' and now())
      or (c.state = 'queued' and s.begun > 0)
      or (c.pause_requested_at not between now() - interval '2 seconds' and now() and (s.queued > 0 or (s.running = 0 and c.state <> 'paused')))
      or (c.pause_requested_at is null and (s.held > 0 or c.state = 'paused'))
    )
    order by c.created_at limit 200`
}
