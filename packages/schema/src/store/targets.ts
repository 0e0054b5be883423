import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

/** A target that a workspace keeps; `address` is its canonical form. */
export type TargetRow = {
  id: string
  name: string
  address: string
  labels: Record<string, string>
  version: number
  createdBy: CreatedBy
  createdAt: Date
}

const columns = (sql: Sql) =>
  sql`id, name, address, labels, version, created_by as "createdBy", created_at as "createdAt"`

/**
 * Makes a target, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null when
 * the key or, when sent again after a lost reply, the target is there already: read it in a second statement.
 */
export async function insertTarget(
  sql: Sql,
  workspaceId: string,
  target: Omit<TargetRow, 'createdAt' | 'version'>,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<TargetRow | null> {
  const { id, name, address, labels } = target
  const [row] = await sql<TargetRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), made as (
      insert into targets (workspace_id, id, name, address, labels, created_by)
      select ${workspaceId}, ${id}::uuid, ${name}, ${address}, ${sql.json(labels)}, ${sql.json(target.createdBy)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'target.created', id::text, ${more.requestId}, ${more.client ?? null},
        ${sql.json({ name, address, labels })}
      from made
    )
    select ${columns(sql)} from made`
  return row ?? null
}

export type StoredTargetFilter = {
  /** Each of these labels. */
  labels: Record<string, string>
  /** Any of these texts in name or address. */
  texts: string[]
  before: string | null
  limit: number
}

/** A page of targets, newest first, starting after `before` (an id) when given. */
export async function listTargets(sql: Sql, workspaceId: string, filter: StoredTargetFilter): Promise<TargetRow[]> {
  const { labels, before, limit } = filter
  const patterns = filter.texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return await sql<TargetRow[]>`
    select ${columns(sql)} from targets
    where workspace_id = ${workspaceId} and (${before}::uuid is null or id < ${before}::uuid)
      ${Object.keys(labels).length === 0 ? sql`` : sql`and labels @> ${sql.json(labels)}`}
      ${
        patterns.length === 0
          ? sql``
          : sql`and (name ilike any(${patterns}::text[]) or address ilike any(${patterns}::text[]))`
      }
    order by id desc limit ${limit}`
}

export async function getTarget(sql: Sql, workspaceId: string, id: string): Promise<TargetRow | null> {
  const [row] = await sql<TargetRow[]>`
    select ${columns(sql)} from targets where workspace_id = ${workspaceId} and id = ${id}`
  return row ?? null
}

/** Writes a change with its audit event while the target still has `version`; false when it has changed since or is gone. */
export async function changeTarget(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  change: Pick<TargetRow, 'name' | 'address' | 'labels'>,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
): Promise<boolean> {
  const { name, address, labels } = change
  const rows = await sql`
    with changed as (
      update targets set name = ${name}, address = ${address}, labels = ${sql.json(labels)}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${id} and version = ${version}
      returning workspace_id, id
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'target.changed', id::text, ${audit.requestId}, ${audit.client ?? null},
      ${sql.json({ name, address, labels })}
    from changed returning 1`
  return rows.length > 0
}

/**
 * Deletes a target while it has this version (any: null) and writes its audit event in one statement; false when there was none.
 * Scans keep what they took from it.
 */
export async function deleteTarget(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
  version: number | null = null,
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from targets where workspace_id = ${workspaceId} and id = ${id}
        and (${version}::integer is null or version = ${version}::integer)
      returning workspace_id, id, name, address
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'target.deleted', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name, 'address', address)
    from gone returning 1`
  return rows.length > 0
}

/** The addresses of these targets; those that are not there are left out. */
export async function targetAddresses(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ id: string; address: string }[]> {
  return await sql<{ id: string; address: string }[]>`
    select id, address from targets where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`
}

/** The addresses of all targets with each of these labels, oldest target first, each address once, up to `limit`. */
export async function labelledAddresses(
  sql: Sql,
  workspaceId: string,
  labels: Record<string, string>,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ address: string }[]>`
    select address from targets where workspace_id = ${workspaceId} and labels @> ${sql.json(labels)}
    group by address order by min(id::text) limit ${limit}`
  return rows.map(({ address }) => address)
}
