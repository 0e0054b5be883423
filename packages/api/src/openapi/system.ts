import * as v from 'valibot'
import { System } from '../render/system.ts'
import { named, openWord } from '@assayer/schema/render'
import { answer } from './answers.ts'
import type { Operation } from './operation.ts'

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
    answers: { 200: answer('It does.', Status) },
  },
  'GET /readyz': {
    id: 'getReadiness',
    summary: 'Whether orders can be taken now',
    about: '`degraded` without Redis: scans then start a little later.',
    answers: { 200: answer('They can.', Status) },
    problems: ['database-unavailable', 'draining'],
  },
  'GET /openapi.json': {
    id: 'getOpenapi',
    summary: 'This document',
    headers: ['If-None-Match'],
    answers: {
      200: answer('OpenAPI 3.1.', v.record(v.string(), v.unknown()), 'ETag'),
      304: { about: 'It is what `If-None-Match` names.', headers: ['ETag'] },
    },
  },
  'GET /docs': {
    id: 'getDocs',
    summary: 'This document as a page for people',
    headers: ['If-None-Match'],
    answers: {
      200: { about: 'One page, without script.', media: { 'text/html': '<!doctype html>' }, headers: ['ETag'] },
      304: { about: 'It is what `If-None-Match` names.', headers: ['ETag'] },
    },
  },
} satisfies Record<string, Operation>
