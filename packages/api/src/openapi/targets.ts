import { idOf } from '@assayer/schema/render'
import { TargetShown } from '../render/target.ts'
import { targetFilters, TargetPatch } from '../routes/targets.ts'
import { TargetInput } from '../targets/make.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('target') }

export const targets = {
  'POST /v1/targets': {
    id: 'createTarget',
    summary: 'Keep a target',
    about: 'Orders name it by its id or take it by its labels. Whether it may be scanned is judged when it is ordered.',
    headers: ['Idempotency-Key'],
    body: {
      schema: TargetInput,
      example: { name: 'Web shop', address: 'https://app.example.com', labels: { team: 'web' } },
    },
    answers: {
      201: answer(
        'The target, its address in canonical form.',
        TargetShown,
        'Location',
        'ETag',
        'Idempotency-Replayed',
      ),
    },
    problems: ['target-invalid'],
    links: ['getTarget', 'changeTarget', 'deleteTarget'],
  },
  'GET /v1/targets': {
    id: 'listTargets',
    summary: 'List targets',
    list: 'targets',
    query: queryOf(targetFilters, {
      label: 'Only with this label; all of them when repeated.',
      q: 'Only with this text in name or address; any of them when repeated.',
    }),
    links: ['getTarget'],
    answers: { 200: pageOf(TargetShown) },
  },
  'GET /v1/targets/:id': {
    id: 'getTarget',
    summary: 'Get a target',
    path,
    headers: ['If-None-Match'],
    answers: single(TargetShown),
    problems: ['target-not-found'],
  },
  'PATCH /v1/targets/:id': {
    id: 'changeTarget',
    summary: 'Change a target',
    about: 'Labels one by one: null takes one away, `labels: null` all. Scans keep the address that they took.',
    path,
    headers: ['If-Match'],
    body: { schema: TargetPatch, example: { name: 'Shop', labels: { team: null } }, patch: true },
    answers: { 200: answer('The target as it is now.', TargetShown, 'ETag') },
    problems: ['target-not-found', 'target-invalid'],
  },
  'DELETE /v1/targets/:id': {
    id: 'deleteTarget',
    summary: 'Delete a target',
    about: 'Scans keep the address that they took.',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['target-not-found'],
  },
} satisfies Record<string, Operation>
