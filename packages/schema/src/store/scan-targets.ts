import type { Coverage } from '../scan-state.ts'
import type { Sql } from './connect.ts'

/** What the wall counted for a target in one shard; written by the worker. */
export type TargetCounts = Record<string, unknown>
export type ScanTargetRow = {
  ordinal: number
  ordered: string
  canonical: string
  coverage: Coverage
  reason: string | null
  shardIds: string[]
  counts: TargetCounts[]
  findings: number
}

export type TargetFilter = { coverages: string[]; after: number | null; limit: number }

/** Each target's coverage and reason over its shards: the worst. */
const judged = (sql: Sql, workspaceId: string, scanId: string) => sql`
  ranked as (
    select *, array_position(array['pending', 'skipped', 'unreachable', 'partial', 'covered'], coverage) as rank
    from shard_targets where workspace_id = ${workspaceId} and scan_id = ${scanId}
  ), judged as (
    select ordinal, (array_agg(coverage order by rank))[1] as coverage, (array_agg(reason order by rank))[1] as reason,
      array_agg(shard_id order by shard_id) as "shardIds",
      coalesce(jsonb_agg(evidence) filter (where evidence is not null), '[]') as counts
    from ranked group by ordinal
  )`

export type TargetOutcome = Pick<ScanTargetRow, 'ordinal' | 'ordered' | 'canonical' | 'coverage' | 'reason'>

/** A page of a scan's targets as `listScanTargets` gives it, with what came of each and nothing that was counted. */
export async function listCoverage(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  filter: TargetFilter,
): Promise<TargetOutcome[]> {
  return await sql<TargetOutcome[]>`
    with ${judged(sql, workspaceId, scanId)}
    select t.ordinal, t.ordered, t.canonical, j.coverage, j.reason
    from scan_targets t join judged j on j.ordinal = t.ordinal
    where t.workspace_id = ${workspaceId} and t.scan_id = ${scanId}
      and (${filter.after}::integer is null or t.ordinal > ${filter.after}::integer)
      and (${filter.coverages.length === 0} or j.coverage = any(${filter.coverages}::text[]))
    order by t.ordinal limit ${filter.limit}`
}

/**
 * A page of a scan's targets in the order they were ordered. Coverage and reason are the worst over a target's shards;
 * findings are the confirmed ones.
 */
export async function listScanTargets(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  filter: TargetFilter,
): Promise<ScanTargetRow[]> {
  return await sql<ScanTargetRow[]>`
    with ${judged(sql, workspaceId, scanId)}, page as materialized (
      select t.ordinal, t.ordered, t.canonical, j.coverage, j.reason, j."shardIds", j.counts
      from scan_targets t join judged j on j.ordinal = t.ordinal
      where t.workspace_id = ${workspaceId} and t.scan_id = ${scanId}
        and (${filter.after}::integer is null or t.ordinal > ${filter.after}::integer)
        and (${filter.coverages.length === 0} or j.coverage = any(${filter.coverages}::text[]))
      order by t.ordinal limit ${filter.limit}
    ), found as (
      select target, count(*)::integer as n from findings
      where workspace_id = ${workspaceId} and scan_id = ${scanId} and confirmed
        and target in (select canonical from page)
      group by target
    )
    select page.*, coalesce(found.n, 0) as findings
    from page left join found on found.target = page.canonical order by page.ordinal`
}
