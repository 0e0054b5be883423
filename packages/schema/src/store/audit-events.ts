import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'

/** Who did what, when. `subject` is the UUID of what it was done to. */
export type AuditEventRow = {
  id: string
  actor: CreatedBy
  action: string
  subject: string | null
  requestId: string | null
  client: string | null
  detail: Record<string, unknown>
  createdAt: Date
}

const columns = (sql: Sql) =>
  sql`id, actor, action, subject, request_id as "requestId", client, detail, created_at as "createdAt"`

export type StoredAuditFilter = {
  /** Any of these, where there are some. */
  actions: string[]
  actorIds: string[]
  subjects: string[]
  createdAfter: Date | null
  createdBefore: Date | null
  before: string | null
  limit: number
}

/** A page of the audit trail, newest first, starting after `before` (an id) when given. */
export async function listAuditEvents(
  sql: Sql,
  workspaceId: string,
  filter: StoredAuditFilter,
): Promise<AuditEventRow[]> {
  const { actions, actorIds, subjects, createdAfter, createdBefore } = filter
  return await sql<AuditEventRow[]>`
    select ${columns(sql)} from audit_events
    where workspace_id = ${workspaceId}
      ${filter.before === null ? sql`` : sql`and id < ${filter.before}::uuid`}
      ${actions.length === 0 ? sql`` : sql`and action = any(${actions}::text[])`}
      ${actorIds.length === 0 ? sql`` : sql`and actor ->> 'id' = any(${actorIds}::text[])`}
      ${subjects.length === 0 ? sql`` : sql`and subject = any(${subjects}::text[])`}
      ${createdAfter === null ? sql`` : sql`and created_at > ${createdAfter}`}
      ${createdBefore === null ? sql`` : sql`and created_at < ${createdBefore}`}
    order by id desc limit ${filter.limit}`
}

export async function getAuditEvent(sql: Sql, workspaceId: string, id: string): Promise<AuditEventRow | null> {
  const [row] = await sql<AuditEventRow[]>`
    select ${columns(sql)} from audit_events where workspace_id = ${workspaceId} and id = ${id}`
  return row ?? null
}
