import type { Reason, ShardState } from '../scan-state.ts'
import type { Sql } from './connect.ts'

export type AttemptRow = {
  number: number
  workerId: string
  /** Times as RFC 3339 texts with an offset, as JSON carries them. */
  claimedAt: string
  endedAt: string | null
  outcome: 'completed' | 'partial' | 'failed' | 'cancelled' | 'released' | 'lost' | null
  /** What the worker or the reaper wrote of it. */
  detail: Record<string, unknown> | null
}
export type ScanShardRow = {
  id: string
  ordinal: number
  state: ShardState
  reason: Reason | null
  attempt: number
  losses: number
  percent: number
  requests: number
  errors: number
  endedAt: Date | null
  targetCount: number
  targets: string[]
  attempts: AttemptRow[]
}

export type ShardFilter = { states: string[]; after: number | null; limit: number }

/**
 * A page of a scan's shards in their order, each with its first 500 targets and its last 50 attempts: a host with thousands of
 * targets is one shard, and a shard that is given back again and again has many attempts.
 */
export async function listScanShards(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  filter: ShardFilter,
): Promise<ScanShardRow[]> {
  return await sql<ScanShardRow[]>`
    with page as materialized (
      select * from shards where workspace_id = ${workspaceId} and scan_id = ${scanId}
        and (${filter.after}::integer is null or ordinal > ${filter.after}::integer)
        and (${filter.states.length === 0} or state = any(${filter.states}::text[]))
      order by ordinal limit ${filter.limit}
    )
    select p.id, p.ordinal, p.state, p.reason, p.attempt, p.losses, p.percent, p.requests::float8 as requests,
      p.errors::float8 as errors, p.ended_at as "endedAt", c.n as "targetCount", t.targets, a.attempts
    from page p
    cross join lateral (
      select count(*)::integer as n from shard_targets d
      where d.workspace_id = p.workspace_id and d.scan_id = p.scan_id and d.shard_id = p.id
    ) c
    cross join lateral (
      select coalesce(jsonb_agg(s.canonical order by s.ordinal), '[]') as targets from (
        select st.ordinal, st.canonical from shard_targets d
        join scan_targets st on st.workspace_id = d.workspace_id and st.scan_id = d.scan_id and st.ordinal = d.ordinal
        where d.workspace_id = p.workspace_id and d.scan_id = p.scan_id and d.shard_id = p.id
        order by d.ordinal limit 500
      ) s
    ) t
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('number', l.number, 'workerId', l.worker_id, 'claimedAt', l.claimed_at,
        'endedAt', l.ended_at, 'outcome', l.outcome, 'detail', l.detail) order by l.number), '[]') as attempts
      from (
        select * from attempts b where b.workspace_id = p.workspace_id and b.scan_id = p.scan_id and b.shard_id = p.id
        order by b.number desc limit 50
      ) l
    ) a
    order by p.ordinal`
}
