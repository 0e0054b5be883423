import { idOf, named, Time } from '@assayer/schema/render'
import * as v from 'valibot'
import { WebhookDelivery, WebhookDeliveryWithRequest } from '../render/webhook-delivery.ts'
import { WebhookEndpoint, WebhookEndpointWithSecret } from '../render/webhook-endpoint.ts'
import { filtersOfDeliveries } from '../routes/webhook-deliveries.ts'
import { filtersOfReplay } from '../routes/webhook-endpoints.ts'
import { WebhookEndpointInput, WebhookEndpointPatch } from '../webhooks/input.ts'
import { RotateSecretInput } from '../webhooks/make-endpoint.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import { Nothing } from './nothing.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

const endpoint = { id: idOf('webhook-endpoint') }
const delivery = { id: idOf('delivery') }
const NewSecret = named(
  'WebhookSecret',
  v.object({ id: idOf('webhook-endpoint'), secret: v.nullable(v.string()), createdAt: Time }),
)
const Replayed = named(
  'WebhookReplay',
  v.object({
    due: v.pipe(v.number(), v.integer(), v.minValue(0)),
    nextSince: v.pipe(
      v.nullable(Time),
      v.description(
        'From this time on nothing became due yet: ask again with it as `since`. Null where nothing is left.',
      ),
    ),
  }),
)

export const webhooks = {
  'POST /v1/webhook-endpoints': {
    id: 'createWebhookEndpoint',
    summary: 'Make a webhook endpoint',
    about:
      'Events are sent to its `url`, signed by Standard Webhooks 1.0.0 with the secret of this answer. `https` only, to public addresses, unless the operator opens others by `WEBHOOK_ALLOW`.',
    headers: ['Idempotency-Key'],
    body: {
      schema: WebhookEndpointInput,
      example: { url: 'https://hooks.example.com/assayer', events: ['scan.finished', 'finding.created'] },
    },
    answers: {
      201: answer(
        'The endpoint, with its secret this once.',
        WebhookEndpointWithSecret,
        'Location',
        'ETag',
        'Idempotency-Replayed',
      ),
    },
    problems: ['url-not-permitted'],
    links: ['getWebhookEndpoint', 'changeWebhookEndpoint', 'testWebhookEndpoint', 'deleteWebhookEndpoint'],
  },
  'GET /v1/webhook-endpoints': {
    id: 'listWebhookEndpoints',
    summary: 'List webhook endpoints',
    list: 'webhook-endpoints',
    answers: { 200: pageOf(WebhookEndpoint) },
  },
  'GET /v1/webhook-endpoints/:id': {
    id: 'getWebhookEndpoint',
    summary: 'Get a webhook endpoint',
    path: endpoint,
    headers: ['If-None-Match'],
    answers: single(WebhookEndpoint),
    problems: ['webhook-endpoint-not-found'],
  },
  'PATCH /v1/webhook-endpoints/:id': {
    id: 'changeWebhookEndpoint',
    summary: 'Change a webhook endpoint',
    about: 'Null takes a field back to its default, or one header away. Disabling makes what waits dead.',
    path: endpoint,
    headers: ['If-Match'],
    body: { schema: WebhookEndpointPatch, example: { severityFloor: 'critical' }, patch: true },
    answers: { 200: answer('The endpoint.', WebhookEndpoint, 'ETag') },
    problems: ['webhook-endpoint-not-found', 'version-mismatch', 'url-not-permitted'],
  },
  'DELETE /v1/webhook-endpoints/:id': {
    id: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint and its deliveries',
    path: endpoint,
    headers: ['If-Match'],
    answers: gone,
    problems: ['webhook-endpoint-not-found'],
  },
  'POST /v1/webhook-endpoints/:id/rotate-secret': {
    id: 'rotateWebhookSecret',
    summary: 'Give a webhook endpoint a new secret',
    about: 'Until the overlap ends the old secret signs beside the new one.',
    path: endpoint,
    headers: ['Idempotency-Key'],
    body: { schema: RotateSecretInput, example: { overlapSeconds: 3600 }, optional: true },
    answers: { 201: answer('The new secret, this once.', NewSecret, 'Location', 'Idempotency-Replayed') },
    problems: ['webhook-endpoint-not-found', 'version-mismatch'],
  },
  'POST /v1/webhook-endpoints/:id/test': {
    id: 'testWebhookEndpoint',
    summary: 'Send a sample event',
    path: endpoint,
    headers: ['Idempotency-Key'],
    body: { schema: Nothing, example: {}, optional: true },
    answers: { 202: answer('The delivery of an `endpoint.test` event.', WebhookDelivery, 'Idempotency-Replayed') },
    problems: ['webhook-endpoint-not-found', 'in-use'],
  },
  'POST /v1/webhook-endpoints/:id/replay': {
    id: 'replayWebhookEvents',
    summary: 'Send the events since a time again',
    about:
      'The oldest first, a thousand or a little more at a time: `nextSince` says where to go on. Also events of scans (not finding.created) that the endpoint missed while it was disabled or not there, as far as they are kept.',
    path: endpoint,
    headers: ['Idempotency-Key'],
    query: queryOf(filtersOfReplay, { since: 'From this time on.' }, ['since']),
    body: { schema: Nothing, example: {}, optional: true },
    answers: {
      202: answer('How many deliveries became due, and from when on more are left.', Replayed, 'Idempotency-Replayed'),
    },
    problems: ['webhook-endpoint-not-found', 'in-use'],
  },
  'GET /v1/webhook-deliveries': {
    id: 'listWebhookDeliveries',
    summary: 'List webhook deliveries',
    about: 'A dead one has failed for good: it can be retried.',
    list: 'webhook-deliveries',
    query: queryOf(filtersOfDeliveries, {
      endpointId: 'To this endpoint.',
      triggerId: 'Answers of this trigger to its forge.',
      state: 'In one of these states.',
    }),
    answers: { 200: pageOf(WebhookDelivery) },
  },
  'GET /v1/webhook-deliveries/:id': {
    id: 'getWebhookDelivery',
    summary: 'Get a webhook delivery with what it sends',
    path: delivery,
    headers: ['If-None-Match'],
    answers: single(WebhookDeliveryWithRequest),
    problems: ['webhook-delivery-not-found'],
  },
  'POST /v1/webhook-deliveries/:id/retry': {
    id: 'retryWebhookDelivery',
    summary: 'Send a delivery again',
    path: delivery,
    headers: ['Idempotency-Key'],
    body: { schema: Nothing, example: {}, optional: true },
    answers: { 202: answer('The delivery, due at once.', WebhookDelivery, 'Idempotency-Replayed') },
    problems: ['webhook-delivery-not-found', 'in-use'],
  },
} satisfies Record<string, Operation>
