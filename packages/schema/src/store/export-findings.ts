import type { CreatedBy } from '../scan-order.ts'
import type { Severity } from '../severity.ts'
import type { Sql } from './connect.ts'
import { findingColumns } from './findings.ts'
import type { FindingRow } from './findings.ts'
import type { Evidence } from './show-finding.ts'

export type ExportedFinding = FindingRow & Evidence
/** Where a page ended: inside a severity, by template, then by number. */
export type ExportPlace = { templateId: string; sequence: string }

const mostRows = 200
const mostBytes = 512 * 1024

/**
 * A page of a scan's findings of one severity, template by template, after a place: at most 200 rows, and none after the one
 * that passes 512 KiB of text. Empty only at the end. With `evidence` each has its request and response where they are kept:
 * `noteEvidenceExport` has to come first.
 */
export async function exportFindings(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  page: { severity: Severity; after: ExportPlace | null; evidence: boolean },
): Promise<ExportedFinding[]> {
  const { severity, after, evidence } = page
  const kept = sql`left join lateral (
      select k.request, k.response from finding_evidence k
      where k.workspace_id = f.workspace_id and k.finding_id = f.id
    ) e on true`
  const none = sql`cross join (select null::text as request, null::text as response) e`
  return await sql<ExportedFinding[]>`
    select p.* from (
      select ${findingColumns(sql)}, e.request, e.response,
        sum(octet_length(detail::text) + octet_length(extracted_results::text)
            + coalesce(octet_length(e.request), 0) + coalesce(octet_length(e.response), 0))
          over (order by template_id, sequence rows between unbounded preceding and 1 preceding) as before
      from findings f ${evidence ? kept : none}
      where f.workspace_id = ${workspaceId} and f.scan_id = ${scanId} and f.severity = ${severity}
        and (f.template_id, f.sequence) > (${after?.templateId ?? ''}, ${after?.sequence ?? '0'}::bigint)
      order by f.template_id, f.sequence limit ${mostRows}
    ) p
    where coalesce(p.before, 0) < ${mostBytes} order by p."templateId", p.sequence`
}

export type TemplateCount = { severity: Severity; templateId: string; name: string; count: number }

/** How often each template found something in a scan, decided or not; ordered as the export is, inside a severity. */
export async function countByTemplate(sql: Sql, workspaceId: string, scanId: string): Promise<TemplateCount[]> {
  return await sql<TemplateCount[]>`
    select severity, template_id as "templateId", min(name) as name, count(*)::integer as count from findings
    where workspace_id = ${workspaceId} and scan_id = ${scanId} group by severity, template_id order by template_id`
}

/**
 * The audit event of an export with evidence, written before the first page is read, as one export is many statements. False
 * when there is no such scan.
 */
export async function noteEvidenceExport(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null; format: string },
): Promise<boolean> {
  const rows = await sql`
    with scan as (
      select workspace_id, id from scans where workspace_id = ${workspaceId} and id = ${scanId} and deleted_at is null
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'evidence.exported', id::text, ${audit.requestId}, ${audit.client ?? null},
        ${sql.json({ format: audit.format })}
      from scan
      on conflict (workspace_id, id) do nothing
    )
    select from scan`
  return rows.length > 0
}
