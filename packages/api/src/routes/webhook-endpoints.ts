import { newId, parseId, problem } from '@assayer/schema'
import {
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookEndpoints,
  replayWebhookEvents,
  testWebhookEndpoint,
  twice,
} from '@assayer/schema/store'
import { timeOf } from '@assayer/schema/render'
import { auditOf, readAct, refuseFields } from '../request/act.ts'
import { readJson, readOptionalJson, readPatch } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson, versionToDelete } from '../request/etag.ts'
import { time } from '../request/filters.ts'
import { actOnce, firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readFilters, readListQuery, refuseQuery } from '../request/query.ts'
import { invalidInput } from '../request/validate.ts'
import { renderWebhookDelivery } from '../render/webhook-delivery.ts'
import { renderWebhookEndpoint } from '../render/webhook-endpoint.ts'
import { patchWebhookEndpoint } from '../webhooks/change-endpoint.ts'
import { makeWebhookEndpoint, rotateEndpointSecret } from '../webhooks/make-endpoint.ts'
import { deliveryOf } from './webhook-deliveries.ts'

/** What a replay is asked with. */
export const filtersOfReplay = { since: time }

/** `POST /v1/webhook-endpoints`: the answer has the secret, once. */
export async function createWebhookEndpoint(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/webhook-endpoints', body)
  return await firstAnswerCounts(call, idempotency, () => makeWebhookEndpoint(call, body, idempotency))
}

/** `GET /v1/webhook-endpoints` */
export async function listEndpoints({ deps, c, actor }: Call): Promise<Answer> {
  const { page } = readListQuery(c.req.url, 'webhook-endpoints', {})
  const { limit, before } = page
  const rows = await listWebhookEndpoints(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('webhook-endpoints', rows, limit, ({ id }) => id, renderWebhookEndpoint),
  )
}

/** `GET /v1/webhook-endpoints/{id}` */
export async function showWebhookEndpoint({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const row = await getWebhookEndpoint(deps.sql, actor.workspaceId, endpointIdOf(c.req.param('id')))
  if (row === null) throw problem('webhook-endpoint-not-found')
  return await taggedJson(c.req.header('If-None-Match'), row.version, renderWebhookEndpoint(row))
}

/** `PATCH /v1/webhook-endpoints/{id}` */
export async function changeEndpoint(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  return await patchWebhookEndpoint(call, endpointIdOf(call.c.req.param('id')), await readPatch(call.c))
}

/** `DELETE /v1/webhook-endpoints/{id}`, with its deliveries. Not sent again when its reply is lost. */
export async function removeWebhookEndpoint(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = endpointIdOf(c.req.param('id'))
  const row = await twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('webhook-endpoint-not-found')
  const version = versionToDelete(c.req.header('If-Match'), row.version)
  const gone = await deleteWebhookEndpoint(deps.sql, actor.workspaceId, id, auditOf(call), version)
  if (!gone) throw problem(version === null ? 'webhook-endpoint-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

/** `POST /v1/webhook-endpoints/{id}/rotate-secret`: 201 with the new secret; the old one signs beside it for a while. */
export async function rotateSecret(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const id = endpointIdOf(call.c.req.param('id'))
  const body = (await readOptionalJson(call.c)) ?? {}
  const idempotency = await readIdempotency(call, `POST /v1/webhook-endpoints/${id}/rotate-secret`, body)
  return await firstAnswerCounts(call, idempotency, () => rotateEndpointSecret(call, id, body, idempotency))
}

/** `POST /v1/webhook-endpoints/{id}/test`: 202 with the delivery of a sample event. */
export async function testEndpoint(call: Call): Promise<Answer> {
  const idempotency = await readAct(call)
  const { deps, c, actor } = call
  const id = endpointIdOf(c.req.param('id'))
  const sample = { deliveryId: newId(), eventId: newId() }
  const audit = auditOf(call)
  return await actOnce(call, idempotency, {
    act: async (key) => {
      const made = await testWebhookEndpoint(deps.sql, actor.workspaceId, id, sample, audit, key)
      return made ? sample.deliveryId : null
    },
    answer: async (deliveryId) => {
      deps.ring()
      return { status: 202, value: renderWebhookDelivery(await deliveryOf(call, deliveryId)) }
    },
    refused: () => whyNot(call, id),
  })
}

/** `POST /v1/webhook-endpoints/{id}/replay?since=`: 202 with how many deliveries became due, and where to go on. */
export async function replayEvents(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  const { since } = readFilters(c.req.url, filtersOfReplay)
  const [from] = since
  if (from === undefined)
    throw invalidInput([{ in: 'query', name: 'since', code: 'required', message: 'is missing: an RFC 3339 time' }])
  await refuseFields(c)
  const id = endpointIdOf(c.req.param('id'))
  const idempotency = await readIdempotency(call, `POST ${c.req.path}?since=${from.toISOString()}`, null)
  const audit = auditOf(call)
  return await actOnce(call, idempotency, {
    act: async (key) => {
      const replayed = await replayWebhookEvents(deps.sql, actor.workspaceId, id, from, audit, key)
      return replayed && JSON.stringify(replayed)
    },
    answer: async (begun) => {
      deps.ring()
      const { due, nextSince } = JSON.parse(begun) as { due: number; nextSince: string | null }
      return { status: 202, value: { due, nextSince: timeOf(nextSince === null ? null : new Date(nextSince)) } }
    },
    refused: () => whyNot(call, id),
  })
}

/** Why nothing could be sent to an endpoint: it is not there, or disabled. */
async function whyNot({ deps, actor }: Call, id: string): Promise<Error> {
  const row = await twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id))
  if (row === null) return problem('webhook-endpoint-not-found')
  return problem('in-use', { detail: 'The endpoint is disabled: enable it first' })
}

/** The endpoint that a path names. */
function endpointIdOf(text: string | undefined): string {
  const id = parseId('webhook-endpoint', text ?? '')
  if (id === null) throw problem('webhook-endpoint-not-found')
  return id
}
