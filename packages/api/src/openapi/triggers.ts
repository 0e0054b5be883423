import { idOf, named, Scan, Time } from '@assayer/schema/render'
import * as v from 'valibot'
import { Trigger, TriggerWithSecret } from '../render/trigger.ts'
import { RotateTriggerInput, TriggerInput, TriggerPatch } from '../triggers/input.ts'
import { answer, empty, gone, pageOf, single } from './answers.ts'
import type { Operation } from './operation.ts'

const trigger = { id: idOf('trigger') }
const NewSecret = named(
  'TriggerSecret',
  v.object({ id: idOf('trigger'), secret: v.nullable(v.string()), createdAt: Time }),
)
const DeletedScan = named('DeletedScan', v.object({ scanId: idOf('scan'), deleted: v.literal(true) }))

const Delivered = named('DeliveredScan', v.union([Scan, DeletedScan]))
/** Whatever its sender's events are. */
const Payload = named('TriggerPayload', v.record(v.string(), v.unknown()))

export const triggers = {
  'POST /v1/triggers': {
    id: 'createTrigger',
    summary: 'Make a trigger',
    about:
      'Signed deliveries to `/hooks/{id}` order its scan. No `events`, or an empty list of `filters`, lets all pass. Where no `secret` is given, one is made. With `answer` the forge that a delivery came from is told of its scan: by commit status and, at GitHub, by SARIF. Its `token` is kept sealed and never shown.',
    headers: ['Idempotency-Key'],
    body: {
      schema: TriggerInput,
      example: {
        name: 'what is deployed',
        kind: 'github',
        events: ['deployment_status'],
        filters: { environments: ['production'], states: ['success'] },
        order: { targets: [{ fromPayload: '/deployment_status/environment_url' }], labels: { from: 'deployment' } },
        answer: { kind: 'github', token: 'github_pat_11ABCDEFG', sarif: true },
      },
    },
    answers: {
      201: answer(
        'The trigger, with its secret this once.',
        TriggerWithSecret,
        'Location',
        'ETag',
        'Idempotency-Replayed',
      ),
    },
    problems: ['name-taken', 'target-invalid', 'url-not-permitted'],
    links: ['getTrigger', 'changeTrigger', 'rotateTriggerSecret', 'deleteTrigger'],
  },
  'GET /v1/triggers': {
    id: 'listTriggers',
    summary: 'List triggers',
    list: 'triggers',
    answers: { 200: pageOf(Trigger) },
  },
  'GET /v1/triggers/:id': {
    id: 'getTrigger',
    summary: 'Get a trigger',
    path: trigger,
    headers: ['If-None-Match'],
    answers: single(Trigger),
    problems: ['trigger-not-found'],
  },
  'PATCH /v1/triggers/:id': {
    id: 'changeTrigger',
    summary: 'Change a trigger',
    about:
      'Merged into what is there, objects too (RFC 7396); null takes back to the default, and an answer away. Another forge or address of an answer needs its `token` again.',
    path: trigger,
    headers: ['If-Match'],
    body: { schema: TriggerPatch, example: { filters: { branches: ['main', 'release/*'] } }, patch: true },
    answers: { 200: answer('The trigger.', Trigger, 'ETag') },
    problems: ['trigger-not-found', 'version-mismatch', 'name-taken', 'target-invalid', 'url-not-permitted'],
  },
  'DELETE /v1/triggers/:id': {
    id: 'deleteTrigger',
    summary: 'Delete a trigger',
    about: 'Its scans stay; answers to its forge that have not gone out go with it.',
    path: trigger,
    headers: ['If-Match'],
    answers: gone,
    problems: ['trigger-not-found'],
  },
  'POST /v1/triggers/:id/rotate-secret': {
    id: 'rotateTriggerSecret',
    summary: 'Give a trigger a new secret',
    about: 'Until the overlap ends the old secret counts beside the new one.',
    path: trigger,
    headers: ['Idempotency-Key'],
    body: { schema: RotateTriggerInput, example: { overlapSeconds: 3600 }, optional: true },
    answers: { 201: answer('The new secret, this once.', NewSecret, 'Location', 'Idempotency-Replayed') },
    problems: ['trigger-not-found', 'version-mismatch'],
  },
  'POST /hooks/:id': {
    id: 'takeDelivery',
    summary: 'Deliver an event to a trigger',
    about:
      "Signed by the scheme of the trigger's kind: `X-Hub-Signature-256`, `X-Gitlab-Token`, Standard Webhooks, or `X-Assayer-Signature: t=<unix>,v1=<hex HMAC-SHA256 of t.body>`. The delivery's id (`X-GitHub-Delivery`, `webhook-id`, `Idempotency-Key`, `X-Gitlab-Event-UUID`, `X-Assayer-Delivery`) orders one scan, for good. Refusals say no more than their code.",
    path: trigger,
    body: {
      schema: Payload,
      example: { deployment_status: { environment_url: 'https://app.example.com' } },
    },
    answers: {
      200: answer('The delivery is known: its scan, or that it was deleted.', Delivered, 'Location', 'ETag'),
      202: answer('The scan that it ordered.', Scan, 'Location', 'ETag'),
      204: empty('The trigger does not want it, or it is a ping.'),
    },
    problems: [
      ...([
        'signature-invalid',
        'trigger-not-found',
        'invalid-input',
        'target-invalid',
        'target-out-of-scope',
      ] as const),
      ...(['selection-empty', 'rate-limited', 'no-worker', 'database-unavailable'] as const),
    ],
  },
} satisfies Record<string, Operation>
