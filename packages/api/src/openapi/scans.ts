import { ScanOrder } from '@assayer/schema'
import { idOf, named, openWord, Scan } from '@assayer/schema/render'
import * as v from 'valibot'
import { Shard } from '../render/shard.ts'
import { ScanTarget } from '../render/scan-target.ts'
import { longestWaitSeconds } from '../request/prefer.ts'
import { ScanPatch } from '../routes/change-scan.ts'
import { DeletedScans, ScansToDelete } from '../routes/delete-scans.ts'
import { exportFilters } from '../routes/export-scan.ts'
import { rerunFilters } from '../routes/rerun.ts'
import { scanFilters } from '../routes/scans.ts'
import { shardFilters } from '../routes/shards.ts'
import { scanTargetFilters } from '../routes/targets-of-scan.ts'
import { answer, empty, gone, pageOf, single } from './answers.ts'
import { Nothing } from './nothing.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('scan') }
const StreamEvent = named(
  'StreamEvent',
  v.object({
    event: openWord('scan', 'finding', 'end'),
    data: v.pipe(v.string(), v.description('A Scan or a Finding in JSON; of `end` the state.')),
    id: v.optional(v.pipe(v.string(), v.description('What `Last-Event-ID` may name; a `scan` has none.'))),
  }),
)
const made = {
  202: answer('The scan, stored: no failure after this loses it.', Scan, 'Location', 'ETag', 'Idempotency-Replayed'),
}
const orderProblems = [
  'no-worker',
  'permission-missing',
  'selection-empty',
  'target-invalid',
  'target-out-of-scope',
] as const
const links = [
  'getScan',
  'changeScan',
  'cancelScan',
  'pauseScan',
  'resumeScan',
  'rerunScan',
  'deleteScan',
  'followScan',
  'listScanFindings',
  'listScanTargets',
  'listScanShards',
]

const act = (id: string, summary: string, about: string): Operation => ({
  id,
  summary,
  about,
  path,
  headers: ['Idempotency-Key'],
  body: { schema: Nothing, example: {}, optional: true },
  answers: {
    200: answer('It is so already.', Scan, 'ETag', 'Idempotency-Replayed'),
    202: answer('It will be.', Scan, 'ETag', 'Idempotency-Replayed'),
  },
  problems: ['scan-not-found', 'scan-already-finished'],
})

export const scans = {
  'POST /v1/scans': {
    id: 'orderScan',
    summary: 'Order a scan',
    about:
      'Only `targets` is needed: URLs, hosts, `host:port`, `[v6]:port`. With an `Idempotency-Key` it can be sent again without a second scan. Evidence `full` is what Nuclei printed, which masks five credential headers itself; it needs `evidence:write`.',
    headers: ['Idempotency-Key'],
    body: {
      schema: ScanOrder,
      example: {
        targets: ['https://app.example.com', 'app.example.com:8443'],
        templates: { severities: ['critical', 'high'] },
        labels: { team: 'web' },
      },
    },
    answers: made,
    problems: orderProblems,
    links,
  },
  'GET /v1/scans': {
    id: 'listScans',
    summary: 'List scans',
    list: 'scans',
    links: ['getScan'],
    query: queryOf(scanFilters, {
      state: 'In one of these states.',
      label: 'With this label, `key:value`; repeated, with all of them.',
      target: 'Of this target, as in an order; a bare host is any target on it.',
      createdAfter: 'Made after this time.',
      createdBefore: 'Made before this time.',
    }),
    answers: { 200: pageOf(Scan) },
  },
  'GET /v1/scans/:id': {
    id: 'getScan',
    summary: 'Get a scan',
    about: `With \`Prefer: wait=60\` it answers when the scan has ended, after ${longestWaitSeconds} s at the latest.`,
    path,
    headers: ['If-None-Match', 'Prefer'],
    answers: {
      ...single(Scan),
      200: answer('The scan; `Preference-Applied` where it waited.', Scan, 'ETag', 'Preference-Applied'),
    },
    problems: ['scan-not-found'],
  },
  'PATCH /v1/scans/:id': {
    id: 'changeScan',
    summary: 'Change labels and priority',
    about: 'Labels one by one: null takes one away, `labels: null` all. Priority null is the default.',
    path,
    headers: ['If-Match'],
    body: { schema: ScanPatch, example: { labels: { team: 'web', build: null }, priority: 9 }, patch: true },
    answers: { 200: answer('The scan as it is now.', Scan, 'ETag') },
    problems: ['scan-not-found'],
  },
  'DELETE /v1/scans/:id': {
    id: 'deleteScan',
    summary: 'Delete a scan that has ended, with its findings',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['scan-not-found', 'scan-not-finished'],
  },
  'POST /v1/scans/delete': {
    id: 'deleteScans',
    summary: 'Delete several scans',
    headers: ['Idempotency-Key'],
    body: { schema: ScansToDelete, example: { ids: ['scn_01kb3v1xg4f0rvm7t1jx1qhd2c'] } },
    answers: { 200: answer('What came of each id, in the order given.', DeletedScans, 'Idempotency-Replayed') },
  },
  'POST /v1/scans/:id/rerun': {
    id: 'rerunScan',
    summary: 'Order the same scan again',
    about: 'Against the scope and the templates of today.',
    path,
    query: queryOf(rerunFilters, { only: 'Take only the targets that were not covered; the scan must have ended.' }),
    headers: ['Idempotency-Key'],
    body: { schema: Nothing, example: {}, optional: true },
    answers: made,
    problems: [...orderProblems, 'scan-not-found', 'scan-not-finished'],
    links,
  },
  'POST /v1/scans/:id/cancel': act('cancelScan', 'Cancel a scan', 'What its shards found so far stays.'),
  'POST /v1/scans/:id/pause': act(
    'pauseScan',
    'Pause a scan',
    'No further shard starts; the scan is `running` with `pauseRequestedAt` until its last running shard ended.',
  ),
  'POST /v1/scans/:id/resume': act(
    'resumeScan',
    'Resume a scan',
    'Takes a pause back, whether it has come about or not.',
  ),
  'GET /v1/scans/:id/targets': {
    id: 'listScanTargets',
    summary: 'What of each target was covered',
    path,
    list: 'scan-targets',
    query: queryOf(scanTargetFilters, { coverage: 'With one of these coverages.' }),
    answers: { 200: pageOf(ScanTarget) },
    problems: ['scan-not-found'],
  },
  'GET /v1/scans/:id/shards': {
    id: 'listScanShards',
    summary: 'The shards of a scan and their attempts',
    about: 'Each with its first 500 targets and last 50 attempts.',
    path,
    list: 'shards',
    query: queryOf(shardFilters, { state: 'In one of these states.' }),
    answers: { 200: pageOf(Shard) },
    problems: ['scan-not-found'],
  },
  'GET /v1/scans/:id/events': {
    id: 'followScan',
    summary: 'Follow a scan as server-sent events',
    about:
      '`scan` events carry a Scan, at once and when it changed; `finding` events a Finding, each exactly once after `Last-Event-ID`; the terminal scan and then `end` (data: the state) come last. A comment comes every 15 s. After `end` a reconnect is answered with 204.',
    path,
    headers: ['Last-Event-ID'],
    answers: {
      200: {
        about: 'The stream; the schema is that of one event.',
        schema: StreamEvent,
        media: { 'text/event-stream': { event: 'end', data: 'completed', id: 'end' } },
      },
      204: empty('The client has seen the end.'),
    },
    problems: ['scan-not-found', 'draining'],
  },
  'GET /v1/scans/:id/export': {
    id: 'exportScan',
    summary: 'Export a scan with all its findings',
    about:
      'A stream, worst first, template by template. Each format names state, reason and coverage. SARIF of a scan that is not completed is refused without `allowPartial=true`. What cannot be finished breaks the connection. `evidence=true` needs `evidence:read`.',
    path,
    query: queryOf(
      exportFilters,
      {
        format: 'What to write it as.',
        evidence: 'With requests and responses, where the scan kept them.',
        allowPartial: 'SARIF also of a scan that is not completed.',
      },
      ['format'],
    ),
    answers: {
      200: {
        about: 'The export.',
        media: {
          'application/x-ndjson': '{"template-id":"git-config","info":{"name":"Git config","severity":"medium"}}\n',
          'text/csv': '"severity","confirmed","templateId"\r\n"medium","true","git-config"\r\n',
          'application/sarif+json': { version: '2.1.0', runs: [] },
          'text/html': '<!doctype html>',
          'text/markdown': '## Scan completed: 0 findings\n',
        },
        headers: ['Assayer-Scan-State', 'Assayer-Coverage', 'Content-Disposition'],
      },
    },
    problems: ['scan-not-found', 'scan-not-complete', 'not-acceptable', 'draining'],
  },
} satisfies Record<string, Operation>
