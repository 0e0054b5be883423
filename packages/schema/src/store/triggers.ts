import { endpointsOf } from '../forge/answer.ts'
import type { AnswerKind, TriggerAnswer } from '../forge/answer.ts'
import { newId } from '../id.ts'
import type { CreatedBy } from '../scan-order.ts'
import type { TriggerFilters, TriggerKind, TriggerOrder } from '../trigger.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

/** One thing that an answer sends. Times of answers are in JSON, as their rows are gathered by the database. */
export type AnswerState = {
  kind: AnswerKind
  enabled: boolean
  disabledReason: 'failing' | null
  failingSince: string | null
}

export type TriggerRow = {
  id: string
  workspaceId: string
  name: string
  kind: TriggerKind
  events: string[]
  filters: TriggerFilters
  order: TriggerOrder
  answer: TriggerAnswer | null
  /** Of what `answer` asks for, each. */
  answers: AnswerState[]
  /** The forge's; null where it does not answer. */
  tokenSealed: Uint8Array | null
  secretSealed: Uint8Array
  /** Null once it has expired. */
  previousSecretSealed: Uint8Array | null
  previousSecretUntil: Date | null
  enabled: boolean
  version: number
  createdBy: CreatedBy
  createdAt: Date
}
/** What a change may write. */
export type TriggerChange = Pick<
  TriggerRow,
  'name' | 'events' | 'filters' | 'order' | 'answer' | 'tokenSealed' | 'enabled'
>
export type NewTrigger = TriggerChange & Pick<TriggerRow, 'id' | 'kind' | 'secretSealed' | 'createdBy'>
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

/** The columns of a row of `triggers`, and of the endpoints of its answer. */
const columns = (sql: Sql, triggers = sql`triggers`, endpoints = sql`webhook_endpoints`) => sql`
  id, workspace_id as "workspaceId", name, kind, events, filters, scan_order as "order", answer, (
    select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'enabled', e.enabled, 'disabledReason', e.disabled_reason,
      'failingSince', e.failing_since) order by e.kind desc), '[]')
    from ${endpoints} e where e.workspace_id = t.workspace_id and e.trigger_id = t.id
  ) as answers, token_sealed as "tokenSealed", secret_sealed as "secretSealed",
  case when previous_secret_until > now() then previous_secret_sealed end as "previousSecretSealed",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil", enabled, version,
  created_by as "createdBy", created_at as "createdAt" from ${triggers} t`

const jsonOrNull = (sql: Sql, value: TriggerAnswer | null) => (value === null ? null : sql.json(value))

/** `taken` where the name is another trigger's. */
async function unlessTaken<Row>(send: () => Promise<Row>): Promise<Row | 'taken'> {
  try {
    return await send()
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'triggers_name') return 'taken'
    throw error
  }
}

/**
 * Makes the endpoints of the answers of changed triggers what they now have to be: they are sent to again where they were
 * disabled; those that are no longer asked for go, with what waits for them.
 */
function settleAnswer(sql: Sql, triggers: ReturnType<Sql>, answer: TriggerAnswer | null) {
  const wanted = answer === null ? [] : endpointsOf(answer).map((one) => ({ ...one, id: newId() }))
  return sql`answered as (
      insert into webhook_endpoints as e (workspace_id, id, trigger_id, kind, url, subscriptions, types, severity_floor,
        header_names, secret_sealed, created_by)
      select t.workspace_id, w.id, t.id, w.kind, t.answer->>'baseUrl', '{}', w.types, t.answer->>'severityFloor', '{}',
        t.token_sealed, t.created_by
      from ${triggers} t, jsonb_to_recordset(${sql.json(wanted)}) as w (id uuid, kind text, types text[])
      on conflict (workspace_id, trigger_id, kind) do update set url = excluded.url, severity_floor = excluded.severity_floor,
        secret_sealed = excluded.secret_sealed, enabled = true, disabled_reason = null, failing_since = null,
        version = e.version + 1
      returning e.*
    ), unanswered as (
      delete from webhook_endpoints e using ${triggers} t
      where e.workspace_id = t.workspace_id and e.trigger_id = t.id and e.kind <> all(${wanted.map(({ kind }) => kind)}::text[])
    )`
}

/**
 * Makes a trigger, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null when the
 * key or, when sent again after a lost reply, the trigger is there already.
 */
export async function insertTrigger(
  sql: Sql,
  workspaceId: string,
  trigger: NewTrigger,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<TriggerRow | 'taken' | null> {
  const send = () => sql<TriggerRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), made as (
      insert into triggers (workspace_id, id, name, kind, events, filters, scan_order, answer,
        token_sealed, secret_sealed, enabled, created_by)
      select ${workspaceId}, ${trigger.id}::uuid, ${trigger.name}, ${trigger.kind}, ${trigger.events}::text[],
        ${sql.json(trigger.filters)}, ${sql.json(trigger.order)},
        ${jsonOrNull(sql, trigger.answer)}::jsonb, ${trigger.tokenSealed}::bytea, ${trigger.secretSealed}::bytea, ${trigger.enabled},
        ${sql.json(trigger.createdBy)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict (workspace_id, id) do nothing returning *
    ), ${settleAnswer(sql, sql`made`, trigger.answer)}, audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'trigger.created', id::text, ${more.requestId}, ${more.client ?? null},
        jsonb_build_object('name', name, 'kind', kind)
      from made
    )
    select ${columns(sql, sql`made`, sql`answered`)}`
  const rows = await unlessTaken(async () => send())
  return rows === 'taken' ? rows : (rows[0] ?? null)
}

/** A page of triggers, newest first, starting after `before` (an id) when given. */
export async function listTriggers(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<TriggerRow[]> {
  return await sql<TriggerRow[]>`
    select ${columns(sql)}
    where workspace_id = ${workspaceId} and (${page.before}::uuid is null or id < ${page.before}::uuid)
    order by id desc limit ${page.limit}`
}

export async function getTrigger(sql: Sql, workspaceId: string, id: string): Promise<TriggerRow | null> {
  const [row] = await sql<TriggerRow[]>`
    select ${columns(sql)} where workspace_id = ${workspaceId} and id = ${id}`
  return row ?? null
}

/** The trigger that a delivery is for, with the workspace it belongs to. */
export async function findTrigger(sql: Sql, id: string): Promise<TriggerRow | null> {
  const [row] = await sql<TriggerRow[]>`select ${columns(sql)} where id = ${id}`
  return row ?? null
}

/** Writes a change with its audit event while the trigger still has `version`; false when it has changed since or is gone. */
export async function changeTrigger(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  change: TriggerChange,
  audit: Audit,
): Promise<boolean | 'taken'> {
  const send = () => sql`
    with changed as (
      update triggers set name = ${change.name}, events = ${change.events}::text[], filters = ${sql.json(change.filters)},
        scan_order = ${sql.json(change.order)}, answer = ${jsonOrNull(sql, change.answer)}::jsonb,
        token_sealed = ${change.tokenSealed}::bytea, enabled = ${change.enabled}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${id} and version = ${version}
      returning *
    ), ${settleAnswer(sql, sql`changed`, change.answer)}
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'trigger.changed', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name, 'enabled', enabled)
    from changed returning 1`
  const rows = await unlessTaken(async () => send())
  return rows === 'taken' ? rows : rows.length > 0
}

/**
 * Deletes a trigger with its deliveries while it has this version (any: null) and writes the audit event in one statement; false
 * when there was none.
 */
export async function deleteTrigger(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: Audit,
  version: number | null = null,
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from triggers where workspace_id = ${workspaceId} and id = ${id}
        and (${version}::integer is null or version = ${version}::integer)
      returning workspace_id, id, name
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'trigger.deleted', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('name', name)
    from gone returning 1`
  return rows.length > 0
}
