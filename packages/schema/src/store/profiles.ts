import type { LimitsInput } from '../limits.ts'
import type { CreatedBy, TemplateSelection } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

/** A named selection with limits. Null templates are the built-in selection; limits are only those that were set. */
export type ProfileRow = {
  id: string
  name: string
  templates: TemplateSelection | null
  limits: LimitsInput
  version: number
  /** Null of the default profile, which nobody made. */
  createdBy: CreatedBy | null
  createdAt: Date
}
export type ProfileChange = Pick<ProfileRow, 'name' | 'templates' | 'limits'>
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

const columns = (sql: Sql) =>
  sql`id, name, templates, limits, version, created_by as "createdBy", created_at as "createdAt"`

/**
 * Makes a profile, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null when
 * the key or, when sent again after a lost reply, the profile is there already: read it in a second statement.
 */
export async function insertProfile(
  sql: Sql,
  workspaceId: string,
  profile: ProfileChange & { id: string; createdBy: CreatedBy },
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<ProfileRow | 'name-taken' | null> {
  const { id, name, templates, limits, createdBy } = profile
  const made = await unlessTaken(
    sql<ProfileRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), made as (
      insert into profiles (workspace_id, id, name, templates, limits, created_by)
      select ${workspaceId}, ${id}::uuid, ${name}, ${templates && sql.json(templates)}::jsonb, ${sql.json(limits)},
        ${sql.json(createdBy)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict (workspace_id, id) do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'profile.created', id::text, ${more.requestId}, ${more.client ?? null},
        jsonb_build_object('name', name, 'limits', limits)
      from made
    )
    select ${columns(sql)} from made`,
  )
  return made === 'name-taken' ? made : (made[0] ?? null)
}

/** A page of profiles, newest first, starting after `before` (an id) when given. */
export async function listProfiles(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<ProfileRow[]> {
  return await sql<ProfileRow[]>`
    select ${columns(sql)} from profiles
    where workspace_id = ${workspaceId} and (${page.before}::uuid is null or id < ${page.before}::uuid)
    order by id desc limit ${page.limit}`
}

export async function getProfile(sql: Sql, workspaceId: string, id: string): Promise<ProfileRow | null> {
  const [row] = await sql<ProfileRow[]>`
    select ${columns(sql)} from profiles where workspace_id = ${workspaceId} and id = ${id}`
  return row ?? null
}

/** Writes a change with its audit event while the profile still has `version`; false when it has changed since or is gone. */
export async function changeProfile(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  change: ProfileChange,
  audit: Audit,
): Promise<boolean | 'name-taken'> {
  const { name, templates, limits } = change
  const changed = await unlessTaken(sql`
    with changed as (
      update profiles set name = ${name}, templates = ${templates && sql.json(templates)}::jsonb,
        limits = ${sql.json(limits)}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${id} and version = ${version}
      returning workspace_id, id, name, limits
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'profile.changed', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name, 'limits', limits)
    from changed returning 1`)
  return changed === 'name-taken' ? changed : changed.length > 0
}

/**
 * Deletes a profile while it has this version (any: null) and writes its audit event in one statement; false when there was
 * none. The default profile, whose id is the workspace's own, stays. Scans keep what they took from it.
 */
export async function deleteProfile(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: Audit,
  version: number | null = null,
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from profiles where workspace_id = ${workspaceId} and id = ${id} and id <> workspace_id
        and (${version}::integer is null or version = ${version}::integer)
      returning workspace_id, id, name
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'profile.deleted', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name)
    from gone returning 1`
  return rows.length > 0
}

/** A name that is taken is the statement's error and not its silence, so that nothing is kept under the idempotency key. */
async function unlessTaken<Rows>(statement: Promise<Rows>): Promise<Rows | 'name-taken'> {
  try {
    return await statement
  } catch (error) {
    const taken = error instanceof Error && 'constraint_name' in error && error.constraint_name === 'profiles_name'
    if (taken) return 'name-taken'
    throw error
  }
}
