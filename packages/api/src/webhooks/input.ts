import { parseReceiver, problem, Severity, subscriptions } from '@assayer/schema'
import * as v from 'valibot'
import type { Deps } from '../deps.ts'

/** Names of header fields (RFC 9110, 5.1) that an endpoint may have of its own. */
const HeaderName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, 'must be a header name of letters, digits and "-"'),
  v.check((name) => !ours.test(name), 'is a header that Assayer or HTTP sets itself'),
)
const ours =
  /^(?:webhook-.*|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|content-.*|accept-encoding|user-agent)$/i
const HeaderValue = v.pipe(
  v.string(),
  v.regex(/^[\x20-\x7e]{1,1000}$/, 'must be 1 to 1,000 printable ASCII characters'),
)
const mostHeaders = 10

export const Headers = v.pipe(
  v.record(HeaderName, HeaderValue),
  v.maxEntries(mostHeaders, `at most ${mostHeaders} headers`),
  v.check(
    (headers) => new Set(Object.keys(headers).map((name) => name.toLowerCase())).size === Object.keys(headers).length,
    'names a header twice: upper and lower case are one',
  ),
)

const Events = v.pipe(
  v.array(v.picklist(subscriptions)),
  v.minLength(1, 'needs an event'),
  v.maxLength(subscriptions.length),
)

export const defaults = { events: ['scan.finished'], severityFloor: 'high', enabled: true } as const

/** The body of `POST /v1/webhook-endpoints`; only `url` is needed. */
export const WebhookEndpointInput = v.pipe(
  v.strictObject({
    kind: v.optional(v.picklist(['standard']), 'standard'),
    url: v.string(),
    events: v.optional(Events, [...defaults.events]),
    severityFloor: v.optional(Severity, defaults.severityFloor),
    headers: v.optional(Headers, {}),
    enabled: v.optional(v.boolean(), defaults.enabled),
  }),
  v.title('NewWebhookEndpoint'),
)

/** The body of `PATCH /v1/webhook-endpoints/{id}`: null takes back to the default, or one header away. */
export const WebhookEndpointPatch = v.pipe(
  v.strictObject({
    url: v.optional(v.string()),
    events: v.optional(v.nullable(Events)),
    severityFloor: v.optional(v.nullable(Severity)),
    headers: v.optional(v.nullable(v.record(v.string(), v.nullable(v.string())))),
    enabled: v.optional(v.nullable(v.boolean())),
  }),
  v.title('WebhookEndpointPatch'),
)

/** The canonical URL of a receiver; `url-not-permitted` with what is wrong. */
export function receiverUrl({ receivers }: Pick<Deps, 'receivers'>, text: string, pointer = '/url'): string {
  const parsed = parseReceiver(receivers, text)
  if (parsed.ok) return parsed.receiver.url.href
  const errors = [{ in: 'body', pointer, code: 'not-permitted', message: parsed.message } as const]
  throw problem('url-not-permitted', { detail: `The URL ${parsed.message}`, errors })
}
