import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'

export type ScanChange = { labels: Record<string, string>; priority: number }

/**
 * Writes labels and priority with the audit event, while the scan still has the version they were made from; false when it has
 * changed since or is gone. `spreadPriority` follows where the priority was asked for.
 */
export async function changeScan(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  version: number,
  change: ScanChange,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
): Promise<boolean> {
  const rows = await sql`
    with changed as (
      update scans set labels = ${sql.json(change.labels)}, priority = ${change.priority}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${scanId} and version = ${version} and deleted_at is null
      returning workspace_id, id
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'scan.changed', id::text, ${audit.requestId}, ${audit.client ?? null}, ${sql.json(change)}
    from changed returning 1`
  return rows.length > 0
}

/**
 * Gives the scan's priority to its open shards, those that run included, as they may be queued again. The scan's row is locked
 * first: of two changes the later one's priority stays. Safe to send again.
 */
export async function spreadPriority(sql: Sql, workspaceId: string, scanId: string): Promise<void> {
  await sql`
    with scan as materialized (
      select workspace_id, id, priority from scans where workspace_id = ${workspaceId} and id = ${scanId} for share
    ), other as materialized (
      select d.workspace_id, d.scan_id, d.id, scan.priority from scan
      join shards d on d.workspace_id = scan.workspace_id and d.scan_id = scan.id
      where d.ended_at is null and d.priority <> scan.priority
      order by d.id for no key update of d
    )
    update shards d set priority = o.priority from other o
    where d.workspace_id = o.workspace_id and d.scan_id = o.scan_id and d.id = o.id`
}
