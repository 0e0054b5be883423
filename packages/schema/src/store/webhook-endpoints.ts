import type { CreatedBy } from '../scan-order.ts'
import type { Severity } from '../severity.ts'
import type { EventType, Subscription } from '../webhook/event.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

export type WebhookEndpointRow = {
  id: string
  kind: 'standard'
  url: string
  subscriptions: Subscription[]
  types: EventType[]
  severityFloor: Severity
  headerNames: string[]
  headersSealed: Uint8Array | null
  secretSealed: Uint8Array
  previousSecretUntil: Date | null
  enabled: boolean
  disabledReason: 'gone' | 'failing' | null
  failingSince: Date | null
  version: number
  createdBy: CreatedBy
  createdAt: Date
}

/** What a change may write. */
export type WebhookEndpointChange = Pick<
  WebhookEndpointRow,
  'url' | 'subscriptions' | 'types' | 'severityFloor' | 'headerNames' | 'headersSealed' | 'enabled'
>
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }
type NewEndpoint = WebhookEndpointChange & Pick<WebhookEndpointRow, 'id' | 'kind' | 'secretSealed' | 'createdBy'>

const columns = (sql: Sql) => sql`id, kind, url, subscriptions, types, severity_floor as "severityFloor",
  header_names as "headerNames", headers_sealed as "headersSealed", secret_sealed as "secretSealed",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil", enabled,
  disabled_reason as "disabledReason", failing_since as "failingSince", version, created_by as "createdBy",
  created_at as "createdAt"`

/**
 * Makes an endpoint, its audit event and the answer kept under its idempotency key in one statement, all or nothing. Null when
 * the key or, when sent again after a lost reply, the endpoint is there already.
 */
export async function insertWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  endpoint: NewEndpoint,
  more: { auditId: string; requestId: string | null; client?: string | null; idempotency: AnswerToKeep | null },
): Promise<WebhookEndpointRow | null> {
  const [row] = await sql<WebhookEndpointRow[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, more.idempotency)}
    ), made as (
      insert into webhook_endpoints (workspace_id, id, kind, url, subscriptions, types, severity_floor, header_names,
        headers_sealed, secret_sealed, enabled, created_by)
      select ${workspaceId}, ${endpoint.id}::uuid, ${endpoint.kind}, ${endpoint.url}, ${endpoint.subscriptions},
        ${endpoint.types}, ${endpoint.severityFloor}, ${endpoint.headerNames}, ${endpoint.headersSealed}::bytea,
        ${endpoint.secretSealed}, ${endpoint.enabled}, ${sql.json(endpoint.createdBy)}
      where ${more.idempotency === null} or exists (select from key)
      on conflict do nothing returning *
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${more.auditId}::uuid, created_by, 'webhook-endpoint.created', id::text, ${more.requestId}, ${more.client ?? null},
        jsonb_build_object('events', subscriptions)
      from made
    )
    select ${columns(sql)} from made`
  return row ?? null
}

/** A page of endpoints, newest first, starting after `before` (an id) when given. */
export async function listWebhookEndpoints(
  sql: Sql,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<WebhookEndpointRow[]> {
  return await sql<WebhookEndpointRow[]>`
    select ${columns(sql)} from webhook_endpoints
    where workspace_id = ${workspaceId} and kind = 'standard' and (${page.before}::uuid is null or id < ${page.before}::uuid)
    order by id desc limit ${page.limit}`
}

export async function getWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<WebhookEndpointRow | null> {
  const [row] = await sql<WebhookEndpointRow[]>`
    select ${columns(sql)} from webhook_endpoints
    where workspace_id = ${workspaceId} and id = ${id} and kind = 'standard'`
  return row ?? null
}

/**
 * Writes a change and its audit event while the endpoint still has the version it was made from; false when it has changed
 * since or is gone. Enabling forgets why it was disabled; disabling makes what waits dead, as nothing would send it.
 */
export async function changeWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  change: WebhookEndpointChange,
  audit: Audit,
): Promise<boolean> {
  const rows = await sql`
    with changed as (
      update webhook_endpoints set url = ${change.url}, subscriptions = ${change.subscriptions}, types = ${change.types},
        severity_floor = ${change.severityFloor}, header_names = ${change.headerNames},
        headers_sealed = ${change.headersSealed}::bytea, enabled = ${change.enabled},
        disabled_reason = case when not ${change.enabled} then disabled_reason end,
        failing_since = case when not ${change.enabled} or enabled then failing_since end, version = version + 1
      where workspace_id = ${workspaceId} and id = ${id} and kind = 'standard' and version = ${version}
      returning workspace_id, id, subscriptions, enabled
    ), parked as (
      ${parkDeliveries(sql, sql`(select workspace_id, id from changed where not enabled)`)}
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'webhook-endpoint.changed', id::text, ${audit.requestId}, ${audit.client ?? null},
      jsonb_build_object('events', subscriptions, 'enabled', enabled)
    from changed returning 1`
  return rows.length > 0
}

/** Makes dead what waits for the endpoints of a sub-query: dead letters can be sent again. */
export const parkDeliveries = (sql: Sql, endpoints: ReturnType<Sql>) => sql`
  update webhook_deliveries d set state = 'dead', ended_at = now() from ${endpoints} e
  where d.workspace_id = e.workspace_id and d.endpoint_id = e.id and d.state = 'pending'`

/**
 * Deletes an endpoint with its deliveries while it has this version (any: null) and writes the audit event in one statement;
 * false when there was none.
 */
export async function deleteWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: Audit,
  version: number | null = null,
): Promise<boolean> {
  const rows = await sql`
    with gone as (
      delete from webhook_endpoints where workspace_id = ${workspaceId} and id = ${id} and kind = 'standard'
        and (${version}::integer is null or version = ${version}::integer)
      returning id
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
    select ${workspaceId}, ${audit.id}, ${sql.json(audit.actor)}, 'webhook-endpoint.deleted', id::text, ${audit.requestId}, ${audit.client ?? null}
    from gone returning 1`
  return rows.length > 0
}
