import { deliveryStates, idPrefixes, parseId, problem } from '@assayer/schema'
import type { IdKind } from '@assayer/schema'
import { getWebhookDelivery, listWebhookDeliveries, retryWebhookDelivery, twice } from '@assayer/schema/store'
import type { WebhookDeliveryRow } from '@assayer/schema/store'
import { auditOf, readAct } from '../request/act.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson } from '../request/etag.ts'
import { oneOf } from '../request/filters.ts'
import type { Filter } from '../request/filters.ts'
import { actOnce } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderWebhookDelivery, renderWholeDelivery } from '../render/webhook-delivery.ts'

const idOf = (kind: IdKind, what: string): Filter<string> => ({
  most: 1,
  code: 'id',
  message: `must be the id of a ${what}`,
  schema: { type: 'string', pattern: `^${idPrefixes[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$` },
  read: (text) => parseId(kind, text) ?? undefined,
})

/** What a list of deliveries can be narrowed by. */
export const filtersOfDeliveries = {
  endpointId: idOf('webhook-endpoint', 'webhook endpoint'),
  triggerId: idOf('trigger', 'trigger'),
  state: oneOf(deliveryStates),
}

/** `GET /v1/webhook-deliveries` */
export async function listDeliveries({ deps, c, actor }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'webhook-deliveries', filtersOfDeliveries)
  const { limit, before } = page
  const [[endpointId = null], [triggerId = null]] = [filters.endpointId, filters.triggerId]
  const filter = { endpointId, triggerId, states: filters.state, before, limit: limit + 1 }
  const rows = await listWebhookDeliveries(deps.sql, actor.workspaceId, filter)
  return json(
    200,
    pageOf('webhook-deliveries', rows, limit, ({ id }) => id, renderWebhookDelivery),
  )
}

/** `GET /v1/webhook-deliveries/{id}`: with what it sends. */
export async function showDelivery(call: Call): Promise<Answer> {
  const { c } = call
  refuseQuery(c.req.url)
  const row = await deliveryOf(call, deliveryIdOf(c.req.param('id')))
  return await taggedJson(c.req.header('If-None-Match'), row.tries + 1, renderWholeDelivery(row))
}

/** `POST /v1/webhook-deliveries/{id}/retry`: 202 with the delivery, due at once and with all its tries before it. */
export async function retryDelivery(call: Call): Promise<Answer> {
  const idempotency = await readAct(call)
  const { deps, c, actor } = call
  const id = deliveryIdOf(c.req.param('id'))
  const audit = auditOf(call)
  return await actOnce(call, idempotency, {
    act: async (key) => ((await retryWebhookDelivery(deps.sql, actor.workspaceId, id, audit, key)) ? '' : null),
    answer: async () => {
      deps.ring()
      return { status: 202, value: renderWebhookDelivery(await deliveryOf(call, id)) }
    },
    refused: async () => {
      await deliveryOf(call, id)
      return problem('in-use', { detail: 'Its endpoint is disabled: enable it first' })
    },
  })
}

/** A delivery of the caller's workspace. */
export async function deliveryOf({ deps, actor }: Call, id: string): Promise<WebhookDeliveryRow> {
  const row = await twice(() => getWebhookDelivery(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('webhook-delivery-not-found')
  return row
}

function deliveryIdOf(text: string | undefined): string {
  const id = parseId('delivery', text ?? '')
  if (id === null) throw problem('webhook-delivery-not-found')
  return id
}
