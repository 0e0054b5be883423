import { NewKeyInput, RotateInput } from '../keys/make.ts'
import { idOf } from '@assayer/schema/render'
import { Key, KeyWithSecret } from '../render/key.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('key') }
const made = {
  201: answer('The key, with its secret this once.', KeyWithSecret, 'Location', 'ETag', 'Idempotency-Replayed'),
}

export const keys = {
  'POST /v1/keys': {
    id: 'createKey',
    summary: 'Make a key',
    about: 'With a `preset` or with `permissions`, none of which the asking key lacks.',
    headers: ['Idempotency-Key'],
    body: { schema: NewKeyInput, example: { name: 'build server', preset: 'operator' } },
    answers: made,
    links: ['getKey', 'rotateKey', 'deleteKey'],
  },
  'GET /v1/keys': {
    id: 'listKeys',
    summary: 'List keys',
    list: 'keys',
    links: ['getKey'],
    answers: { 200: pageOf(Key) },
  },
  'GET /v1/keys/:id': {
    id: 'getKey',
    summary: 'Get a key',
    path,
    headers: ['If-None-Match'],
    answers: single(Key),
    problems: ['key-not-found'],
  },
  'POST /v1/keys/:id/rotate': {
    id: 'rotateKey',
    summary: 'Make the successor of a key',
    about: 'The old key expires after the overlap.',
    path,
    headers: ['Idempotency-Key'],
    body: { schema: RotateInput, example: { overlapSeconds: 3600 }, optional: true },
    answers: made,
    problems: ['key-not-found', 'key-is-own', 'key-is-bootstrap'],
    links: ['getKey', 'deleteKey'],
  },
  'DELETE /v1/keys/:id': {
    id: 'deleteKey',
    summary: 'Revoke a key',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['key-not-found', 'key-is-own', 'key-is-bootstrap'],
  },
} satisfies Record<string, Operation>
