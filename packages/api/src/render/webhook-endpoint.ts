import { formatId, Severity, subscriptions } from '@assayer/schema'
import { CreatedByShown, idOf, named, openWord, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import type { WebhookEndpointRow } from '@assayer/schema/store'
import * as v from 'valibot'

const fields = {
  id: idOf('webhook-endpoint'),
  kind: v.picklist(['standard']),
  url: v.string(),
  events: v.array(openWord(...subscriptions)),
  severityFloor: Severity,
  headers: v.pipe(
    v.record(v.string(), v.null()),
    v.description('The names of its own headers; their values are never shown again.'),
  ),
  enabled: v.boolean(),
  disabledReason: v.nullable(openWord('gone', 'failing')),
  failingSince: v.nullable(Time),
  previousSecretExpiresAt: v.nullable(Time),
  createdBy: CreatedByShown,
  createdAt: Time,
}

/** An endpoint without its secret and without the values of its headers. */
export const WebhookEndpoint = named('WebhookEndpoint', v.object(fields))
export type WebhookEndpoint = v.InferOutput<typeof WebhookEndpoint>

/** An endpoint just made. The secret is null in an answer that is given again. */
export const WebhookEndpointWithSecret = named(
  'WebhookEndpointWithSecret',
  v.object({ ...fields, secret: v.nullable(v.string()) }),
)

/** An endpoint as answers show it. */
export const renderWebhookEndpoint = (
  row: Omit<WebhookEndpointRow, 'headersSealed' | 'secretSealed' | 'types' | 'version'>,
): WebhookEndpoint => ({
  id: formatId('webhook-endpoint', row.id),
  kind: row.kind,
  url: row.url,
  events: row.subscriptions,
  severityFloor: row.severityFloor,
  headers: Object.fromEntries(row.headerNames.map((name) => [name, null])),
  enabled: row.enabled,
  disabledReason: row.disabledReason,
  failingSince: timeOf(row.failingSince),
  previousSecretExpiresAt: timeOf(row.previousSecretUntil),
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
})
