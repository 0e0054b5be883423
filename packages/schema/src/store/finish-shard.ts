import type { Coverage, Reason } from '../scan-state.ts'
import type { AttemptKey } from './claim-shard.ts'
import type { Sql } from './connect.ts'

export type TargetCoverage = {
  ordinal: number
  coverage: Coverage
  reason: string | null
  evidence: Record<string, unknown>
}
export type ShardEnd = {
  state: 'completed' | 'partial' | 'failed' | 'cancelled'
  reason: Reason | null
  targets: TargetCoverage[]
  requests: number
  errors: number
  templatesLoaded: number | null
  /** What the attempt's row keeps: exit code, signal, peak memory in bytes, end of stderr. */
  detail: Record<string, unknown>
}

/**
 * Ends an attempt and its shard: decides its findings, counts them, writes each target's coverage, and notes that they are to
 * be told where somebody asked for that. It touches no other
 * shard and no scan row; `settleScan` follows in a statement of its own. False when fenced.
 */
export async function finishShard(sql: Sql, key: AttemptKey, end: ShardEnd): Promise<boolean> {
  const rows = await sql`
    with mine as materialized (
      select * from shards
      where workspace_id = ${key.workspaceId} and scan_id = ${key.scanId} and id = ${key.shardId}
        and attempt = ${key.attempt} and state = 'running'
      for no key update
    ), sums as materialized (
      select d.* from mine, decide_findings(mine.workspace_id, mine.scan_id, mine.id, mine.attempt) d
    ), attempted as (
      update attempts a set ended_at = now(), outcome = ${end.state}, detail = ${sql.json(end.detail as never)}
      from mine where a.workspace_id = mine.workspace_id and a.scan_id = mine.scan_id and a.shard_id = mine.id
        and a.number = mine.attempt
    ), covered as (
      update shard_targets t set coverage = c.coverage, reason = c.reason, evidence = c.evidence
      from mine, jsonb_to_recordset(${sql.json(end.targets as never)})
        as c (ordinal integer, coverage text, reason text, evidence jsonb)
      where t.workspace_id = mine.workspace_id and t.scan_id = mine.scan_id and t.shard_id = mine.id
        and t.ordinal = c.ordinal
    ), to_tell as (
      insert into confirmed_shards (workspace_id, scan_id, shard_id)
      select mine.workspace_id, mine.scan_id, mine.id from mine where exists (
        select from webhook_endpoints e
        where e.workspace_id = mine.workspace_id and e.enabled and 'finding.created' = any(e.types))
      on conflict do nothing
    )
    update shards s set state = ${end.state}, reason = ${end.reason === null ? null : sql.json(end.reason)}, ended_at = now(),
      lease_until = null, session_key = null, percent = 100, requests = ${end.requests}, errors = ${end.errors},
      templates_loaded = ${end.templatesLoaded}, critical = sums.critical, high = sums.high, medium = sums.medium,
      low = sums.low, info = sums.info, unknown = sums.unknown, unconfirmed = sums.unconfirmed
    from mine, sums
    where s.workspace_id = mine.workspace_id and s.scan_id = mine.scan_id and s.id = mine.id
    returning 1`
  return rows.length > 0
}
