import type { Severity } from '../severity.ts'
import type { Sql } from './connect.ts'

export type FindingRow = {
  id: string
  scanId: string
  shardId: string
  attempt: number
  confirmed: boolean | null
  sequence: string
  templateId: string
  name: string
  severity: Severity
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
  fingerprint: string
  at: Date | null
  createdAt: Date
}

/** What a `FindingRow` is read from. */
export const findingColumns = (sql: Sql) => sql`
  id, scan_id as "scanId", shard_id as "shardId", attempt, confirmed, sequence, template_id as "templateId", name, severity,
  type, matcher_name as "matcherName", extractor_name as "extractorName", target, host, port, ip, matched_at as "matchedAt",
  extracted_results as "extractedResults", detail, encode(fingerprint, 'hex') as fingerprint, at, created_at as "createdAt"`

/** Findings after a number, in the order they were committed: what an event stream has not sent yet. */
export async function findingsAfter(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  after: string,
  limit: number,
): Promise<FindingRow[]> {
  return await sql<FindingRow[]>`
    select ${findingColumns(sql)} from findings
    where workspace_id = ${workspaceId} and scan_id = ${scanId} and sequence > ${after}::bigint
    order by sequence limit ${limit}`
}

/** The highest number given to a finding of the scan; null when there is no such scan. */
export async function lastSequence(sql: Sql, workspaceId: string, scanId: string): Promise<string | null> {
  const [row] = await sql<{ n: string }[]>`
    select n::text from finding_sequences where workspace_id = ${workspaceId} and scan_id = ${scanId}`
  return row?.n ?? null
}

/** Whether the scan has a finding of that number, which is the id of its event. */
export async function hasNumberedFinding(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  sequence: string,
): Promise<boolean> {
  const rows = await sql`
    select from findings where workspace_id = ${workspaceId} and scan_id = ${scanId} and sequence = ${sequence}::bigint`
  return rows.length > 0
}
