import type { CreatedBy } from '../scan-order.ts'
import type { AnswerKind } from '../forge/answer.ts'
import type { DeliveryState, EventType } from '../webhook/event.ts'
import type { Sql } from './connect.ts'
import type { DeliveryTry } from './end-delivery.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'

export type WebhookDeliveryRow = {
  id: string
  endpointId: string
  kind: 'standard' | AnswerKind
  triggerId: string | null
  /** What the event was told with; an answer has its `commit`. */
  event: Record<string, unknown>
  eventId: string
  type: EventType
  scanId: string | null
  sequence: string
  state: DeliveryState
  tries: number
  log: DeliveryTry[]
  url: string
  /** Null until the first try. */
  body: string | null
  dueAt: Date | null
  createdAt: Date
  endedAt: Date | null
}
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

const columns = (sql: Sql) => sql`d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.type,
  d.scan_id as "scanId", d.sequence, d.state, d.tries, d.log, d.body, d.event, e.url, e.kind,
  e.trigger_id as "triggerId",
  case when d.state = 'pending' then d.due_at end as "dueAt", d.created_at as "createdAt", d.ended_at as "endedAt"
  from webhook_deliveries d join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id`

/** A page of deliveries, newest first, starting after `before` (an id) when given. */
export async function listWebhookDeliveries(
  sql: Sql,
  workspaceId: string,
  filter: {
    endpointId: string | null
    triggerId: string | null
    states: DeliveryState[]
    before: string | null
    limit: number
  },
): Promise<WebhookDeliveryRow[]> {
  return await sql<WebhookDeliveryRow[]>`
    select ${columns(sql)}
    where d.workspace_id = ${workspaceId} and (${filter.before}::uuid is null or d.id < ${filter.before}::uuid)
      ${filter.endpointId === null ? sql`` : sql`and d.endpoint_id = ${filter.endpointId}`}
      ${filter.triggerId === null ? sql`` : sql`and e.trigger_id = ${filter.triggerId}`}
      ${filter.states.length === 0 ? sql`` : sql`and d.state = any(${filter.states})`}
    order by d.id desc limit ${filter.limit}`
}

export async function getWebhookDelivery(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<WebhookDeliveryRow | null> {
  const [row] = await sql<WebhookDeliveryRow[]>`
    select ${columns(sql)} where d.workspace_id = ${workspaceId} and d.id = ${id}`
  return row ?? null
}

/**
 * Makes an ended or waiting delivery due at once, with the whole schedule before it; what is being sent stays as it is. False
 * when there is none, its endpoint is disabled, or the key was used before.
 */
export async function retryWebhookDelivery(
  sql: Sql,
  workspaceId: string,
  id: string,
  audit: Audit,
  act: ActKey = null,
): Promise<boolean> {
  const rows = await sql`
    with mine as materialized (
      select d.workspace_id, d.id from webhook_deliveries d
      join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
      where d.workspace_id = ${workspaceId} and d.id = ${id} and e.enabled for no key update of d
    ), key as (
      ${keepAct(sql, workspaceId, act, sql`''`, sql`from mine where true`)}
    ), again as (
      update webhook_deliveries d set state = 'pending', tries = 0, due_at = now(), ended_at = null from mine
      where ${mayAct(sql, act)} and d.workspace_id = mine.workspace_id and d.id = mine.id and d.state <> 'sending'
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'webhook-delivery.retried', id::text, ${audit.requestId}, ${audit.client ?? null}
    from mine where ${mayAct(sql, act)} on conflict (workspace_id, id) do update set id = excluded.id returning 1`
  return rows.length > 0
}
