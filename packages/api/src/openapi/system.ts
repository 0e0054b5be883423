import { problems } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import * as v from 'valibot'
import { System } from '../render/system.ts'
import { named, openWord } from '@assayer/schema/render'
import { answer } from './answers.ts'
import type { Operation } from './operation.ts'

const codes = Object.keys(problems) as ProblemCode[]
const page = {
  200: { about: 'One page, without script.', media: { 'text/html': '<!doctype html>' }, headers: ['ETag'] },
  304: { about: 'It is what `If-None-Match` names.', headers: ['ETag'] },
} as const
const Status = named('Status', v.object({ status: openWord('ok', 'ready', 'degraded') }))

export const system = {
  'GET /v1/system': {
    id: 'getSystem',
    summary: 'What the service is made of and how it does',
    about: 'Of all workspaces: versions, workers heard of in the last minute, what waits.',
    answers: { 200: answer('It.', System) },
  },
  'GET /metrics': {
    id: 'getMetrics',
    summary: 'What is measured, for Prometheus',
    about: 'Also on a listener of its own without a key, where the operator sets `METRICS_PORT`.',
    answers: {
      200: {
        about: 'Text format 0.0.4.',
        media: { 'text/plain': '# TYPE assayer_workers_alive gauge\nassayer_workers_alive 2\n' },
      },
    },
  },
  'GET /healthz': {
    id: 'getHealth',
    summary: 'Whether the process lives',
    about: 'Answered whatever is accepted.',
    answers: { 200: answer('It does.', Status) },
  },
  'GET /readyz': {
    id: 'getReadiness',
    summary: 'Whether orders can be taken now',
    about: '`degraded` without Redis: scans then start a little later. Answered whatever is accepted.',
    answers: { 200: answer('They can.', Status) },
    problems: ['database-unavailable', 'draining'],
  },
  'GET /openapi.json': {
    id: 'getOpenapi',
    summary: 'This document',
    headers: ['If-None-Match'],
    answers: {
      200: answer('OpenAPI 3.1.', v.record(v.string(), v.unknown()), 'ETag'),
      304: page[304],
    },
    problems: ['not-acceptable'],
  },
  'GET /docs': {
    id: 'getDocs',
    summary: 'This document as a page for people',
    headers: ['If-None-Match'],
    answers: page,
    problems: ['not-acceptable'],
  },
  'GET /problems/:code': {
    id: 'getProblem',
    summary: 'What a problem means, as a page for people',
    about: 'Where the `type` of each problem leads.',
    path: { code: v.picklist(codes) },
    headers: ['If-None-Match'],
    answers: page,
    problems: ['not-acceptable', 'route-not-found'],
  },
} satisfies Record<string, Operation>
