import type { AttemptKey } from './claim-shard.ts'
import type { Sql } from './connect.ts'

/** A finding on its way to the database. `fingerprint` in hex; texts are free of NUL. */
export type NewFinding = {
  id: string
  fingerprint: string
  templateId: string
  name: string
  severity: string
  type: string
  matcherName: string | null
  extractorName: string | null
  target: string | null
  host: string | null
  port: number | null
  ip: string | null
  matchedAt: string | null
  extractedResults: string[]
  detail: Record<string, unknown>
  at: string | null
  request: string | null
  response: string | null
}

/**
 * Writes a batch of findings for one attempt. The shard row is locked `for share` first, so that a takeover waits for this
 * statement and a fenced attempt writes nothing; then the scan's numbers are drawn, whose row lock lasts until commit. A
 * fingerprint seen before keeps its number and takes this attempt, unless another shard of the scan confirmed it: that
 * one counts it. Of a fingerprint that the batch repeats one row is written. Null when fenced, else how many were new.
 */
export async function recordFindings(sql: Sql, key: AttemptKey, batch: NewFinding[]): Promise<number | null> {
  const [row] = await sql<{ fresh: number }[]>`
    with mine as materialized (
      select workspace_id, scan_id, id, attempt from shards
      where workspace_id = ${key.workspaceId} and scan_id = ${key.scanId} and id = ${key.shardId}
        and attempt = ${key.attempt} and state = 'running'
      for share
    ), numbers as materialized (
      update finding_sequences q set n = q.n + ${batch.length}
      from mine where q.workspace_id = mine.workspace_id and q.scan_id = mine.scan_id
      returning q.n - ${batch.length} as base
    ), rows as materialized (
      select distinct on (f.fingerprint) f.*, dense_rank() over (order by f.fingerprint) as number
      from jsonb_to_recordset(${sql.json(batch as never)}) as f (id uuid, fingerprint text, "templateId" text, name text, severity text, type text, "matcherName" text,
          "extractorName" text, target text, host text, port integer, ip text, "matchedAt" text, "extractedResults" jsonb,
          detail jsonb, at timestamptz, request text, response text)
      order by f.fingerprint
    ), written as (
      insert into findings (workspace_id, scan_id, fingerprint, id, shard_id, attempt, sequence, template_id, name, severity,
        type, matcher_name, extractor_name, target, host, port, ip, matched_at, extracted_results, detail, at)
      select mine.workspace_id, mine.scan_id, decode(r.fingerprint, 'hex'), r.id, mine.id, mine.attempt,
        numbers.base + r.number, r."templateId", r.name, r.severity, r.type, r."matcherName", r."extractorName", r.target,
        r.host, r.port, r.ip, r."matchedAt", r."extractedResults", r.detail, r.at
      from mine, numbers, rows r order by r.fingerprint
      on conflict (workspace_id, scan_id, fingerprint)
        do update set attempt = excluded.attempt, shard_id = excluded.shard_id, confirmed = null
        where findings.shard_id = excluded.shard_id or findings.confirmed is not true
      returning id, fingerprint, xmax = 0 as fresh
    ), kept as (
      insert into finding_evidence (workspace_id, finding_id, request, response)
      select mine.workspace_id, r.id, r.request, r.response
      from mine, rows r join written w on w.id = r.id
      where w.fresh and (r.request is not null or r.response is not null)
    )
    select (select count(*) filter (where fresh) from written)::integer as fresh from mine`
  return row ? row.fresh : null
}
