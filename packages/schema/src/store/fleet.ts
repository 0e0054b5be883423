import type { Sql } from './connect.ts'

export type FleetWorker = {
  id: string
  version: string
  nucleiVersion: string
  bundleDigest: string | null
  slots: number
  running: number
  draining: boolean
  memoryBytes: number | null
  memoryLimitBytes: number | null
  startedAt: Date
  beatAt: Date
}

/** Workers that were heard of in the last minute, at most 1,000, the newest first. */
export async function listWorkers(sql: Sql): Promise<FleetWorker[]> {
  return await sql<FleetWorker[]>`
    select w.id, w.version, w.nuclei_version as "nucleiVersion", w.bundle_digest as "bundleDigest", w.slots,
      coalesce(r.n, 0)::integer as running, w.draining, w.memory_bytes::float8 as "memoryBytes",
      w.memory_limit_bytes::float8 as "memoryLimitBytes", w.started_at as "startedAt", w.beat_at as "beatAt"
    from workers w left join (
      select worker_id, count(*) as n from shards where state = 'running' group by worker_id
    ) r on r.worker_id = w.id
    where w.beat_at > now() - interval '1 minute' order by w.id desc limit 1000`
}

export type Fleet = {
  /** Scans that have not ended, by state. */
  openScans: Record<string, number>
  /** Shards of those, by state. */
  openShards: Record<string, number>
  /** Since when the oldest queued shard is due, in seconds; 0 when none waits. */
  oldestQueuedSeconds: number
  /** Scans that ended in the last five minutes, by state. */
  endedScans: Record<string, number>
  /** Attempts that ended in the last five minutes, by outcome. */
  endedAttempts: Record<string, number>
  /** Of those that ended in the last five minutes and are their shard's last: seconds from due to claimed. */
  claimSeconds: { n: number; sum: number; median: number; p99: number }
  /** Peak resident bytes of Nuclei in attempts of the last five minutes. */
  nucleiPeakBytes: number
  workers: number
  slots: number
  slotsRunning: number
  outboxPending: number
  deliveriesPending: number
}

/** What the whole service has to do and has just done, over all workspaces. Reads what is open and recent alone. */
export async function readFleet(sql: Sql): Promise<Fleet> {
  const [row] = await sql<Fleet[]>`
    with open_scans as materialized (
      select workspace_id, id, state from scans where finished_at is null
    ), open_shards as (
      select d.state, count(*)::integer as n from open_scans s
      join shards d on d.workspace_id = s.workspace_id and d.scan_id = s.id group by d.state
    ), recent as materialized (
      select a.outcome, (a.detail->>'peakBytes')::bigint as peak,
        case when d.attempt = a.number then extract(epoch from greatest(a.claimed_at - d.due_at, interval '0'))::float8 end as waited
      from attempts a
      join shards d on d.workspace_id = a.workspace_id and d.scan_id = a.scan_id and d.id = a.shard_id
      where a.ended_at > now() - interval '5 minutes' limit 100000
    ), living as materialized (
      select id, slots from workers where beat_at > now() - interval '30 seconds'
    )
    select
      (select coalesce(json_object_agg(state, n), '{}') from (
        select state, count(*)::integer as n from open_scans group by state) o) as "openScans",
      (select coalesce(json_object_agg(state, n), '{}') from open_shards) as "openShards",
      (select coalesce(extract(epoch from now() - min(due_at)), 0)::float8 from shards
        where state = 'queued' and due_at <= now()) as "oldestQueuedSeconds",
      (select coalesce(json_object_agg(state, n), '{}') from (
        select state, count(*)::integer as n from scans
        where finished_at > now() - interval '5 minutes' and deleted_at is null group by state) e) as "endedScans",
      (select coalesce(json_object_agg(outcome, n), '{}') from (
        select outcome, count(*)::integer as n from recent group by outcome) a) as "endedAttempts",
      (select json_build_object('n', count(waited), 'sum', coalesce(sum(waited), 0),
        'median', coalesce(percentile_cont(0.5) within group (order by waited), 0),
        'p99', coalesce(percentile_cont(0.99) within group (order by waited), 0)) from recent) as "claimSeconds",
      (select coalesce(max(peak), 0)::float8 from recent) as "nucleiPeakBytes",
      (select count(*)::integer from living) as workers,
      (select coalesce(sum(slots), 0)::integer from living) as slots,
      (select count(*)::integer from shards where state = 'running') as "slotsRunning",
      (select count(*)::integer from outbox where told_at is null) as "outboxPending",
      (select count(*)::integer from webhook_deliveries where state = 'pending') as "deliveriesPending"`
  if (row === undefined) throw new Error('a select without rows gave none')
  return row
}
