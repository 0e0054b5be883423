import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'

export type ScopeRuleRow = {
  id: string
  effect: 'allow' | 'deny'
  pattern: string
  note: string
  createdBy: CreatedBy
  createdAt: Date
  expiresAt: Date | null
}

const columns = (sql: Sql) => sql`id, effect, pattern, note, created_by as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt"`

/** Makes a rule and its audit event in one statement. */
export async function insertScopeRule(
  sql: Sql,
  workspaceId: string,
  rule: Omit<ScopeRuleRow, 'createdAt'>,
  audit: { id: string; requestId: string | null },
): Promise<ScopeRuleRow> {
  const [row] = await sql<ScopeRuleRow[]>`
    with audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, detail)
      values (${workspaceId}, ${audit.id}, ${sql.json(rule.createdBy)}, 'scope-rule.created', ${rule.id}, ${audit.requestId},
        ${sql.json({ effect: rule.effect, pattern: rule.pattern, note: rule.note })})
    )
    insert into scope_rules (workspace_id, id, effect, pattern, note, created_by, expires_at)
    values (${workspaceId}, ${rule.id}, ${rule.effect}, ${rule.pattern}, ${rule.note}, ${sql.json(rule.createdBy)},
      ${rule.expiresAt})
    returning ${columns(sql)}`
  if (!row) throw new Error('an insert returned no row')
  return row
}

/** All rules of a workspace that may still count, for the judge of targets. */
export async function liveScopeRules(sql: Sql, workspaceId: string): Promise<ScopeRuleRow[]> {
  return await sql<ScopeRuleRow[]>`
    select ${columns(sql)} from scope_rules where workspace_id = ${workspaceId} order by id desc limit 5000`
}

/** A page of rules, newest first, starting after `before` (an id) when given. */
export async function listScopeRules(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<ScopeRuleRow[]> {
  return await sql<ScopeRuleRow[]>`
    select ${columns(sql)} from scope_rules
    where workspace_id = ${workspaceId} and (${page.before}::uuid is null or id < ${page.before}::uuid)
    order by id desc limit ${page.limit}`
}

export async function getScopeRule(sql: Sql, workspaceId: string, id: string): Promise<ScopeRuleRow | null> {
  const [row] = await sql<ScopeRuleRow[]>`
    select ${columns(sql)} from scope_rules where workspace_id = ${workspaceId} and id = ${id}`
  return row ?? null
}

/** Deletes a rule and writes its audit event in one statement; false when there was none. */
export async function deleteScopeRule(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null },
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from scope_rules where workspace_id = ${workspaceId} and id = ${id} returning id, effect, pattern
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, detail)
    select ${workspaceId}, ${audit.id}, ${sql.json(audit.actor)}, 'scope-rule.deleted', id::text, ${audit.requestId},
      jsonb_build_object('effect', effect, 'pattern', pattern)
    from gone returning 1`
  return rows.length > 0
}
