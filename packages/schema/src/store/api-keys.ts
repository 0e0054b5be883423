import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

export type StoredKey = {
  workspaceId: string
  id: string
  name: string
  permissions: string[]
  secretHash: Uint8Array
  /** Its last use was written down over a minute ago, or never. */
  stale: boolean
}

/** The live key of that id: neither expired nor revoked. Looked up before the workspace is known. */
export async function findKey(sql: Sql, id: string): Promise<StoredKey | null> {
  const [row] = await sql<StoredKey[]>`
    select workspace_id as "workspaceId", id, name, permissions, secret_hash as "secretHash",
      coalesce(last_used_at < now() - interval '1 minute', true) as stale
    from api_keys
    where id = ${id} and revoked_at is null and (expires_at is null or expires_at > now())`
  return row ?? null
}

/** Writes down that a key was used now; once a minute is enough. */
export async function touchKey(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql`
    update api_keys set last_used_at = now() where workspace_id = ${workspaceId} and id = ${id}
      and coalesce(last_used_at < now() - interval '1 minute', true)`
}

export type KeyRow = {
  id: string
  name: string
  permissions: string[]
  /** Null for a key that was put into the database by other means than the API. */
  createdBy: CreatedBy | null
  createdAt: Date
  expiresAt: Date | null
  /** The end it was made with; `expiresAt` is that of the overlap once it was rotated. */
  madeUntil: Date | null
  lastUsedAt: Date | null
}

const columns = (sql: Sql) => sql`id, name, permissions, created_by as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", case when rotated_at is null then expires_at else made_until end as "madeUntil", last_used_at as "lastUsedAt"`

export type NewKey = Pick<KeyRow, 'id' | 'name' | 'permissions' | 'expiresAt'> & {
  secretHash: Uint8Array
  createdBy: CreatedBy
  /** The key it takes the place of, which expires after the overlap. */
  replaces: { id: string; overlapSeconds: number } | null
}

/**
 * Makes a key, its audit event and the answer kept under its idempotency key in one statement, and lets the key it replaces
 * expire, all or nothing. Null when the idempotency key or, when sent again after a lost reply, the key is there already, or
 * when the one to replace is gone or has expired: read it in a second statement.
 */
export async function insertKey(
  sql: Sql,
  workspaceId: string,
  key: NewKey,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<KeyRow | null> {
  const { replaces } = key
  const [row] = await sql<KeyRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), old as (
      update api_keys set made_until = case when rotated_at is null then expires_at else made_until end,
        rotated_at = coalesce(rotated_at, now()), expires_at = least(expires_at, now() + ${replaces?.overlapSeconds ?? 0} * interval '1 second')
      where workspace_id = ${workspaceId} and id = ${replaces?.id ?? null}::uuid and revoked_at is null
        and (expires_at is null or expires_at > now())
        and (${more.idempotency === null} or exists (select from key))
      returning id
    ), made as (
      insert into api_keys (workspace_id, id, name, permissions, secret_hash, created_by, expires_at)
      select ${workspaceId}, ${key.id}::uuid, ${key.name}, ${key.permissions}::text[], ${key.secretHash}::bytea,
        ${sql.json(key.createdBy)}, ${key.expiresAt}::timestamptz
      where (${more.idempotency === null} or exists (select from key)) and (${replaces === null} or exists (select from old))
      on conflict do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, ${replaces === null ? 'key.created' : 'key.rotated'}, id::text,
        ${more.requestId}, ${more.client ?? null}, jsonb_build_object('name', name, 'permissions', to_jsonb(permissions), 'expiresAt', expires_at,
          'replaces', ${replaces?.id ?? null}::text)
      from made
    )
    select ${columns(sql)} from made`
  return row ?? null
}

/** A page of the keys that are not revoked, newest first, starting after `before` (an id) when given. */
export async function listKeys(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<KeyRow[]> {
  return await sql<KeyRow[]>`
    select ${columns(sql)} from api_keys
    where workspace_id = ${workspaceId} and revoked_at is null
      and (${page.before}::uuid is null or id < ${page.before}::uuid)
    order by id desc limit ${page.limit}`
}

/** A key that is not revoked. */
export async function getKey(sql: Sql, workspaceId: string, id: string): Promise<KeyRow | null> {
  const [row] = await sql<KeyRow[]>`
    select ${columns(sql)} from api_keys where workspace_id = ${workspaceId} and id = ${id} and revoked_at is null`
  return row ?? null
}

/** Revokes a key and writes its audit event in one statement; false when there was none. */
export async function revokeKey(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      update api_keys set revoked_at = now() where workspace_id = ${workspaceId} and id = ${id} and revoked_at is null
      returning workspace_id, id, name
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'key.revoked', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name)
    from gone returning 1`
  return rows.length > 0
}
