import { endpointPlace, formatId, makeWebhookSecret, newId, problem, typesOf } from '@assayer/schema'
import { getWebhookEndpoint, insertWebhookEndpoint, rotateWebhookSecret, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { auditOf, clientOf } from '../request/act.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { validate } from '../request/validate.ts'
import { timeOf } from '@assayer/schema/render'
import { renderWebhookEndpoint } from '../render/webhook-endpoint.ts'
import { receiverUrl, WebhookEndpointInput } from './input.ts'
import { sealerOf } from './sealer.ts'

/** Makes an endpoint; the answer has its secret, once. */
export async function makeWebhookEndpoint(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const { events, headers, ...input } = validate(WebhookEndpointInput, body)
  const sealer = sealerOf(deps)
  const id = newId()
  const secret = makeWebhookSecret()
  const endpoint = {
    ...input,
    id,
    url: receiverUrl(deps, input.url),
    subscriptions: events,
    types: typesOf(events),
    headerNames: Object.keys(headers),
    headersSealed:
      Object.keys(headers).length === 0
        ? null
        : await sealer.seal(JSON.stringify(headers), endpointPlace(id, 'headers')),
    secretSealed: await sealer.seal(secret, endpointPlace(id, 'secret')),
    createdBy: actor.createdBy,
  }
  const idText = formatId('webhook-endpoint', id)
  const location = `/v1/webhook-endpoints/${idText}`
  const fresh = { previousSecretUntil: null, disabledReason: null, failingSince: null, createdAt: deps.now() }
  const { createdAt: _, ...shown } = renderWebhookEndpoint({ ...endpoint, ...fresh })
  const kept = idempotency && { ...idempotency, answer: { ...shown, secret: null }, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertWebhookEndpoint(deps.sql, actor.workspaceId, endpoint, more))
  // Nothing was made, or the first of two statements made it and its reply was lost.
  const row = made ?? (await twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id)))
  if (row === null && idempotency) return await replay(call, idempotency, idText)
  if (row === null) throw new Error('an endpoint just made is not there')
  const answered = { Location: location, 'Cache-Control': 'no-store' }
  const value = renderWebhookEndpoint(row)
  return await shownJson(deps.sha256, { status: 201, version: row.version, value, once: { secret }, headers: answered })
}

export const RotateSecretInput = v.pipe(
  v.strictObject({
    overlapSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_592_000)), 86_400),
  }),
  v.title('SecretRotation'),
)

/** Gives an endpoint a new secret; until the overlap ends the old one signs beside it. */
export async function rotateEndpointSecret(
  call: Call,
  id: string,
  body: unknown,
  idempotency: Idempotency | null,
): Promise<Answer> {
  const { overlapSeconds } = validate(RotateSecretInput, body)
  const { deps, actor } = call
  const sealer = sealerOf(deps)
  const read = () => twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id))
  const row = await read()
  if (row === null) throw problem('webhook-endpoint-not-found')
  const idText = formatId('webhook-endpoint', id)
  const secret = makeWebhookSecret()
  const secretSealed = await sealer.seal(secret, endpointPlace(id, 'secret'))
  const location = `/v1/webhook-endpoints/${idText}`
  const kept = idempotency && { ...idempotency, answer: { id: idText, secret: null }, location }
  const rotation = { version: row.version, secretSealed, overlapSeconds, idempotency: kept }
  const rotated = await rotateWebhookSecret(deps.sql, actor.workspaceId, id, rotation, auditOf(call))
  if (rotated === null && idempotency) return await replay(call, idempotency, '')
  if (rotated === null) throw problem('version-mismatch', { detail: 'The endpoint changed meanwhile: send it again' })
  return json(
    201,
    { id: idText, secret, createdAt: timeOf(rotated.createdAt) },
    { Location: location, 'Cache-Control': 'no-store' },
  )
}
