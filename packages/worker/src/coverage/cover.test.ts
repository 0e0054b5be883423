import { expect, test } from 'vitest'
import { runEnd } from '../claim/attempt.fixture.ts'
import type { RunEnd } from '../claim/run-nuclei.ts'
import type { Reached } from '../reach/plan-runs.ts'
import { coverageOf } from './cover.ts'
import type { Covered, DoneRun } from './cover.ts'
import { counted, evidenceOf, targetOf } from './evidence.fixture.ts'

const all = ['http', 'ssl', 'dns', 'tcp', 'javascript']
const target = targetOf('http://127.0.0.1:8080')
const run = (end: RunEnd = runEnd(), more: Partial<DoneRun> = {}): DoneRun => ({
  plan: { lines: [], protocols: all },
  end,
  selected: 2,
  countsRequests: true,
  asksHttp: true,
  ...more,
})
const seen = counted({ connects: 20, answers: 20 })
const input = (more: Partial<Covered> = {}): Covered => ({
  inScope: [{ ordinal: 0, target }],
  outOfScope: [],
  reached: [{ ordinal: 0, target, web: 'http' }],
  late: new Map(),
  lateWeb: new Set(),
  before: evidenceOf(),
  after: evidenceOf(seen),
  runs: [run()],
  stopped: null,
  timeoutMs: 5000,
  ...more,
})
const judged = (more: Partial<Covered> = {}) =>
  coverageOf(input(more)).map(({ coverage, reason }) => [coverage, reason])

test('a whole look at a healthy target covers it, and its row keeps what the wall counted', () => {
  expect(coverageOf(input())).toMatchObject([
    { ordinal: 0, coverage: 'covered', reason: null, evidence: { connects: 20, answers: 20, web: 'http' } },
  ])
})

test.each<[string, Partial<Covered>, string]>([
  ['stopped', { stopped: 'cancelled' }, 'cancelled'],
  ['exit 1', { runs: [run(runEnd({ exit: { kind: 'exited', code: 1 } }))] }, 'scanner-error'],
  ['a signal', { runs: [run(runEnd({ exit: { kind: 'signalled', signal: 'SIGSEGV' } }))] }, 'scanner-error'],
  ['fewer templates than selected', { runs: [run(runEnd({ told: { templatesLoaded: 1 } }))] }, 'templates-not-loaded'],
  ['more templates than selected', { runs: [run(runEnd({ told: { templatesLoaded: 3 } }))] }, 'templates-not-loaded'],
  ['silence about templates', { runs: [run(runEnd({ told: { templatesLoaded: null } }))] }, 'templates-not-loaded'],
  ['no request', { runs: [run(runEnd({ told: { requests: 0 } }))] }, 'no-requests'],
  ['lost output', { runs: [run(runEnd({ dropped: 1 }))] }, 'output-truncated'],
])('%s leaves an answering target partial', (_, more, reason) => {
  expect(judged(more)).toEqual([['partial', reason]])
})

test.each<[string, Partial<ReturnType<typeof evidenceOf>>, string | null]>([
  ['turned a connection away', { turnedAway: 1 }, 'wall-overloaded'],
  ['stood still for as long as Nuclei waits', { stoodStillMs: 4200 }, 'wall-overloaded'],
  ['stood still for less', { stoodStillMs: 3000 }, null],
])('where the wall %s, its counts alone cover nothing', (_, strain, reason) => {
  const after = { ...evidenceOf(seen), ...strain }
  expect(judged({ after })).toEqual([[reason === null ? 'covered' : 'partial', reason]])
  const before = { ...evidenceOf(), ...strain }
  expect(judged({ before, after })).toEqual([['covered', null]])
})

test('templates that count no request need none', () => {
  const end = runEnd({ told: { requests: 0 } })
  expect(judged({ runs: [run(end, { countsRequests: false })] })).toEqual([['covered', null]])
})

test('without an HTTP template a finished TLS handshake is an answer, with one it is none', () => {
  const tls = targetOf('https://127.0.0.1:8080')
  const reached: Reached[] = [{ ordinal: 0, target: tls, web: 'https' }]
  const more = { inScope: reached, reached, after: evidenceOf(counted({ connects: 3, tlsHandshakes: 3 })) }
  expect(judged({ ...more, runs: [run(runEnd(), { asksHttp: false, countsRequests: false })] })).toEqual([
    ['covered', null],
  ])
  expect(judged(more)).toEqual([['unreachable', 'no-answer']])
})

test('each target is judged by the run that it was in', () => {
  const other = targetOf('127.0.0.1:22')
  const reached: Reached[] = [
    { ordinal: 0, target, web: 'http' },
    { ordinal: 1, target: other, web: null },
  ]
  const after = evidenceOf(seen, counted({ port: 22, connects: 3, otherAnswers: 3 }))
  const without = run(runEnd({ exit: { kind: 'exited', code: 1 } }), {
    plan: { lines: [], protocols: ['ssl', 'tcp'] },
    asksHttp: false,
  })
  expect(judged({ inScope: reached, reached, after, runs: [run(), without] })).toEqual([
    ['covered', null],
    ['partial', 'scanner-error'],
  ])
  expect(judged({ inScope: reached, reached, after, runs: [run()] })[1]).toEqual(['partial', 'no-template-applies'])
})

test('what Assayer asked itself is no look', () => {
  expect(judged({ before: evidenceOf(seen) })).toEqual([['unreachable', 'not-contacted']])
})

test('what was not asked any more is skipped with the reason, what scope forbids with scope', () => {
  const other = targetOf('127.0.0.2:80')
  expect(
    judged({
      stopped: 'shutdown',
      reached: [],
      after: evidenceOf(),
      runs: [],
      outOfScope: [{ ordinal: 1, target: other }],
    }),
  ).toEqual([
    ['skipped', 'shutdown'],
    ['skipped', 'scope'],
  ])
})

test('a target that Nuclei gave up is found with and without a scheme', () => {
  const gaveUp = (name: string) => judged({ runs: [run(runEnd({ told: { skipped: [name] } }))] })
  expect(gaveUp('127.0.0.1:8080')).toEqual([['partial', 'given-up-by-nuclei']])
  expect(gaveUp('http://127.0.0.1:8080')).toEqual([['partial', 'given-up-by-nuclei']])
})

test('an answer that stayed out after the run leaves the target partial', () => {
  expect(judged({ late: new Map([[0, false]]) })).toEqual([['partial', 'stopped-answering']])
})

test('a target whose HTTP came too late for its templates is partial', () => {
  const bare = targetOf('127.0.0.1:22')
  const reached: Reached[] = [{ ordinal: 0, target: bare, web: null }]
  const plan = { lines: [], protocols: ['ssl', 'tcp'] }
  const more = {
    inScope: reached,
    reached,
    after: evidenceOf(counted({ port: 22, connects: 3, otherAnswers: 3 })),
    runs: [run(runEnd(), { plan, asksHttp: false, countsRequests: false })],
  }
  expect(judged(more)).toEqual([['covered', null]])
  expect(judged({ ...more, lateWeb: new Set([0]) })).toEqual([['partial', 'http-too-late']])
})
