import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'
import type { ValidTemplate } from './template-validations.ts'

export type CustomTemplate = Omit<ValidTemplate, 'ok'> & {
  id: string
  name: string
  version: number
  createdBy: CreatedBy
  createdAt: Date
  updatedAt: Date | null
}
export type NewCustomTemplate = Omit<ValidTemplate, 'ok'> & {
  id: string
  name: string
  source: string
  createdBy: CreatedBy
}
/** The name, or the id inside the template, is another template's. */
export type Taken = { taken: 'name' | 'templateId' }
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

const columns = (sql: Sql) => sql`t.id, t.name, t.version, t.digest, t.template_id as "templateId", t.title, t.severity,
  t.protocol, t.tags, t.requests, t.created_by as "createdBy", t.created_at as "createdAt", t.updated_at as "updatedAt"`

const keepSource = (sql: Sql, workspaceId: string, digest: string, source: string) => sql`
  insert into custom_template_sources as s (workspace_id, digest, source) select ${workspaceId}, ${digest}, ${source}`

/**
 * Makes a template, its text, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null
 * when the key or, when sent again after a lost reply, the template is there already: read it in a second statement.
 */
export async function insertCustomTemplate(
  sql: Sql,
  workspaceId: string,
  made: NewCustomTemplate,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<CustomTemplate | Taken | null> {
  const send = async () => sql<CustomTemplate[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), kept as (
      ${keepSource(sql, workspaceId, made.digest, made.source)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict (workspace_id, digest) do update set touched_at = now()
    ), made as (
      insert into custom_templates (workspace_id, id, name, digest, template_id, title, severity, protocol, tags, requests,
        created_by)
      select ${workspaceId}, ${made.id}::uuid, ${made.name}, ${made.digest}, ${made.templateId}, ${made.title},
        ${made.severity}, ${made.protocol}, ${made.tags}::text[], ${made.requests}, ${sql.json(made.createdBy)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict (workspace_id, id) do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'custom-template.created', id::text, ${more.requestId}, ${more.client ?? null},
        jsonb_build_object('name', name, 'templateId', template_id, 'digest', digest)
      from made
    )
    select ${columns(sql)} from made t`
  return await unlessTaken(send)
}

/** Changes name, text or both while the template still has this version; null when it has changed since or is gone. */
export async function changeCustomTemplate(
  sql: Sql,
  workspaceId: string,
  before: { id: string; version: number; digest: string },
  change: Omit<NewCustomTemplate, 'id' | 'createdBy'>,
  audit: Audit,
): Promise<CustomTemplate | Taken | null> {
  const send = async () => sql<CustomTemplate[]>`
    with kept as (
      ${keepSource(sql, workspaceId, change.digest, change.source)}
      where exists (select from custom_templates
        where workspace_id = ${workspaceId} and id = ${before.id} and version = ${before.version})
      on conflict (workspace_id, digest) do update set touched_at = now()
    ), changed as (
      update custom_templates set name = ${change.name}, digest = ${change.digest}, template_id = ${change.templateId},
        title = ${change.title}, severity = ${change.severity}, protocol = ${change.protocol}, tags = ${change.tags}::text[],
        requests = ${change.requests}, version = version + 1, updated_at = now()
      where workspace_id = ${workspaceId} and id = ${before.id} and version = ${before.version} returning *
    ), released as (
      update custom_template_sources s set touched_at = now() from changed
      where s.workspace_id = changed.workspace_id and s.digest = ${before.digest} and s.digest <> changed.digest
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${audit.id}::uuid, ${sql.json(audit.actor)}, 'custom-template.changed', id::text, ${audit.requestId}, ${audit.client ?? null},
        jsonb_build_object('name', name, 'templateId', template_id, 'digest', digest)
      from changed
    )
    select ${columns(sql)} from changed t`
  return await unlessTaken(send)
}

async function unlessTaken(send: () => Promise<CustomTemplate[]>): Promise<CustomTemplate | Taken | null> {
  try {
    return (await send())[0] ?? null
  } catch (error) {
    const constraint = (error as { constraint_name?: string }).constraint_name
    if (constraint === 'custom_templates_name') return { taken: 'name' }
    if (constraint === 'custom_templates_template_id') return { taken: 'templateId' }
    throw error
  }
}

/** A page of templates, newest first, starting after `before` (an id) when given. */
export async function listCustomTemplates(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<CustomTemplate[]> {
  return await sql<CustomTemplate[]>`
    select ${columns(sql)} from custom_templates t
    where t.workspace_id = ${workspaceId} and (${page.before}::uuid is null or t.id < ${page.before}::uuid)
    order by t.id desc limit ${page.limit}`
}

export async function getCustomTemplate(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<(CustomTemplate & { source: string }) | null> {
  const [row] = await sql<(CustomTemplate & { source: string })[]>`
    select ${columns(sql)}, s.source from custom_templates t
    join custom_template_sources s on s.workspace_id = t.workspace_id and s.digest = t.digest
    where t.workspace_id = ${workspaceId} and t.id = ${id}`
  return row ?? null
}

/** Of these templates the ones that are there. */
export async function selectCustomTemplates(sql: Sql, workspaceId: string, ids: string[]): Promise<CustomTemplate[]> {
  return await sql<CustomTemplate[]>`
    select ${columns(sql)} from custom_templates t
    where t.workspace_id = ${workspaceId} and t.id = any(${ids}::uuid[]) order by t.template_id`
}

/** Deletes a template while it has this version (any: null) and writes its audit event; orders keep the text they run. */
export async function deleteCustomTemplate(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number | null,
  audit: Audit,
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from custom_templates where workspace_id = ${workspaceId} and id = ${id}
        and (${version}::integer is null or version = ${version}::integer)
      returning workspace_id, id, name, template_id, digest
    ), released as (
      update custom_template_sources s set touched_at = now() from gone
      where s.workspace_id = gone.workspace_id and s.digest = gone.digest
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}::uuid, ${sql.json(audit.actor)}, 'custom-template.deleted', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name, 'templateId', template_id, 'digest', digest)
    from gone returning 1`
  return rows.length > 0
}

/** The texts that an order runs, by digest. */
export async function customSources(
  sql: Sql,
  workspaceId: string,
  digests: string[],
): Promise<{ digest: string; source: string }[]> {
  return await sql<{ digest: string; source: string }[]>`
    select digest, source from custom_template_sources
    where workspace_id = ${workspaceId} and digest = any(${digests}::text[])`
}
