import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

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

/**
 * Makes a rule, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null when
 * the key or, when sent again after a lost reply, the rule is there already: read it in a second statement.
 */
export async function insertScopeRule(
  sql: Sql,
  workspaceId: string,
  rule: Omit<ScopeRuleRow, 'createdAt'>,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<ScopeRuleRow | null> {
  const [row] = await sql<ScopeRuleRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), made as (
      insert into scope_rules (workspace_id, id, effect, pattern, note, created_by, expires_at)
      select ${workspaceId}, ${rule.id}::uuid, ${rule.effect}, ${rule.pattern}, ${rule.note}, ${sql.json(rule.createdBy)},
        ${rule.expiresAt}::timestamptz
      where ${more.idempotency === null} or exists (select from key)
      on conflict do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'scope-rule.created', id::text, ${more.requestId}, ${more.client ?? null},
        ${sql.json({ effect: rule.effect, pattern: rule.pattern, note: rule.note })}
      from made
    )
    select ${columns(sql)} from made`
  return row ?? null
}

/** All rules of a workspace for the judge of targets, deny rules first: none of them may fall behind the bound. */
export async function liveScopeRules(sql: Sql, workspaceId: string): Promise<ScopeRuleRow[]> {
  return await sql<ScopeRuleRow[]>`
    select ${columns(sql)} from scope_rules where workspace_id = ${workspaceId} order by effect desc, id desc limit 5000`
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
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from scope_rules where workspace_id = ${workspaceId} and id = ${id} returning id, effect, pattern
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select ${workspaceId}, ${audit.id}, ${sql.json(audit.actor)}, 'scope-rule.deleted', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('effect', effect, 'pattern', pattern)
    from gone returning 1`
  return rows.length > 0
}
