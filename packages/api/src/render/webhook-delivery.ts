import { answerUrl, deliveryStates, eventTypes, formatId } from '@assayer/schema'
import { Count, idOf, named, openWord, Time, timeOf } from '@assayer/schema/render'
import type { WebhookDeliveryRow } from '@assayer/schema/store'
import * as v from 'valibot'

const fields = {
  id: idOf('delivery'),
  endpointId: v.pipe(v.nullable(idOf('webhook-endpoint')), v.description("Null for a trigger's answer to its forge.")),
  triggerId: v.nullable(idOf('trigger')),
  eventId: idOf('event'),
  type: openWord(...eventTypes),
  scanId: v.nullable(idOf('scan')),
  sequence: Count,
  state: v.picklist(deliveryStates),
  replyStatus: v.pipe(v.nullable(Count), v.description('Of the last attempt; null where nobody answered.')),
  attempts: v.array(
    named(
      'WebhookAttempt',
      v.object({ at: Time, durationMs: Count, status: v.nullable(Count), error: v.nullable(v.string()) }),
    ),
  ),
  nextTryAt: v.nullable(Time),
  createdAt: Time,
  endedAt: v.nullable(Time),
}

/** A delivery without what it sends. */
export const WebhookDelivery = named('WebhookDelivery', v.object(fields))
export type WebhookDelivery = v.InferOutput<typeof WebhookDelivery>

/** A delivery with its request; signature and time stamp are new at each try. */
export const WebhookDeliveryWithRequest = named(
  'WebhookDeliveryWithRequest',
  v.object({
    ...fields,
    request: v.object({
      method: v.literal('POST'),
      url: v.string(),
      headers: v.record(v.string(), v.string()),
      body: v.pipe(
        v.nullable(v.string()),
        v.description('Null until the first try, and for SARIF, which is written anew for each.'),
      ),
    }),
  }),
)

/** A delivery as lists show it. */
export const renderWebhookDelivery = (row: WebhookDeliveryRow): WebhookDelivery => ({
  id: formatId('delivery', row.id),
  endpointId: row.triggerId === null ? formatId('webhook-endpoint', row.endpointId) : null,
  triggerId: row.triggerId === null ? null : formatId('trigger', row.triggerId),
  eventId: formatId('event', row.eventId),
  type: row.type,
  scanId: row.scanId === null ? null : formatId('scan', row.scanId),
  sequence: Number(row.sequence),
  state: row.state,
  replyStatus: row.log.at(-1)?.status ?? null,
  attempts: row.log,
  nextTryAt: timeOf(row.dueAt),
  createdAt: timeOf(row.createdAt),
  endedAt: timeOf(row.endedAt),
})

/** A delivery as it is shown alone. */
export const renderWholeDelivery = (row: WebhookDeliveryRow): v.InferOutput<typeof WebhookDeliveryWithRequest> => ({
  ...renderWebhookDelivery(row),
  request: { method: 'POST', ...requestOf(row), body: row.body },
})

function requestOf({ kind, url, event, eventId }: WebhookDeliveryRow): {
  url: string
  headers: Record<string, string>
} {
  if (kind === 'standard') return { url, headers: { 'webhook-id': formatId('event', eventId) } }
  return { url: answerUrl(kind, url, event['commit']) ?? url, headers: {} }
}
