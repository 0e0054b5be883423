import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { findingColumns } from './findings.ts'
import type { FindingRow } from './findings.ts'

export type Evidence = { request: string | null; response: string | null }

/** One finding without its evidence; null when there is none, or its scan was deleted. */
export async function getFinding(sql: Sql, workspaceId: string, id: string): Promise<FindingRow | null> {
  const [row] = await sql<FindingRow[]>`
    select ${findingColumns(sql)} from findings f
    where f.workspace_id = ${workspaceId} and f.id = ${id}
      and exists (select from scans s where s.workspace_id = f.workspace_id and s.id = f.scan_id and s.deleted_at is null)`
  return row ?? null
}

const keptOf = (sql: Sql, workspaceId: string, findingId: string) => sql`
  select e.workspace_id, e.finding_id, e.request, e.response from finding_evidence e
  join findings f on f.workspace_id = e.workspace_id and f.id = e.finding_id
  join scans s on s.workspace_id = f.workspace_id and s.id = f.scan_id and s.deleted_at is null
  where e.workspace_id = ${workspaceId} and e.finding_id = ${findingId}`

/** A finding's request and response for a tag of them, not to be sent: nobody is told. Null when none is kept. */
export async function lookAtEvidence(sql: Sql, workspaceId: string, findingId: string): Promise<Evidence | null> {
  const [row] = await sql<Evidence[]>`select request, response from (${keptOf(sql, workspaceId, findingId)}) kept`
  return row ?? null
}

/** A finding's request and response, and in the same statement the audit event of having read them. Null when none is kept. */
export async function readEvidence(
  sql: Sql,
  workspaceId: string,
  findingId: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
): Promise<Evidence | null> {
  const [row] = await sql<Evidence[]>`
    with kept as (${keptOf(sql, workspaceId, findingId)}), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'evidence.read', finding_id::text, ${audit.requestId}, ${audit.client ?? null}
      from kept
    )
    select request, response from kept`
  return row ?? null
}
