import type { TargetCoverage } from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { attemptOf, runEnd } from './attempt.fixture.ts'
import type { StopWhy } from './attempt.ts'
import { decideEnding } from './end-attempt.ts'
import type { AttemptResult, Ending } from './end-attempt.ts'

const target = (coverage: TargetCoverage['coverage'], reason: string | null = null, ordinal = 0): TargetCoverage => ({
  ordinal,
  coverage,
  reason,
  evidence: {},
})
const result = (more: Partial<AttemptResult> = {}): AttemptResult => ({
  ends: [runEnd()],
  targets: [target('covered')],
  findings: 3,
  templatesLoaded: 2,
  ...more,
})
const stopped = (why: StopWhy, more = {}) => {
  const attempt = attemptOf(more)
  attempt.stop(why)
  return attempt
}

test.each<[StopWhy, Ending['kind'], Record<string, unknown>]>([
  ['fenced', 'drop', {}],
  ['database-away', 'release', { release: { why: 'database-away', counted: false } }],
  ['wall-gone', 'release', { release: { why: 'wall-gone', counted: false } }],
  ['shutdown', 'release', { release: { why: 'shutdown', counted: false, delayMs: 0 } }],
  ['stalled', 'release', { release: { why: 'stalled', counted: false, stalled: true } }],
  ['cancelled', 'finish', { state: 'cancelled', reason: null }],
  ['soft-limit', 'finish', { state: 'partial', reason: { code: 'soft-limit' } }],
  ['hard-limit', 'finish', { state: 'partial', reason: { code: 'hard-limit' } }],
  ['output-limit', 'finish', { state: 'partial', reason: { code: 'output-truncated' } }],
])('stopped by %s, however Nuclei ended: %s', (why, kind, more) => {
  const killed = runEnd({ exit: { kind: 'signalled', signal: 'SIGKILL' } })
  for (const ends of [[runEnd()], [killed], []]) {
    expect(decideEnding(stopped(why), result({ ends }))).toMatchObject({ kind, ...more })
  }
})

test('a second stall ends the shard, so that a hang is tried again once', () => {
  expect(decideEnding(stopped('stalled', { stalls: 1 }), result())).toMatchObject({
    kind: 'finish',
    state: 'partial',
    reason: { code: 'scanner-stalled' },
  })
})

test('fenced overrides whatever stopped it first', () => {
  const attempt = stopped('cancelled')
  attempt.stop('fenced')
  attempt.stop('shutdown')
  expect(decideEnding(attempt, result())).toEqual({ kind: 'drop' })
})

test('a scanner that could not be started is no loss of the shard', () => {
  const ends = [runEnd({ exit: { kind: 'not-spawned', message: 'ENOENT' } })]
  expect(decideEnding(attemptOf(), result({ ends, findings: 0 }))).toMatchObject({
    kind: 'release',
    release: { why: 'spawn-failed', counted: false, detail: { message: 'ENOENT' } },
  })
})

test('a scanner that died by a signal which nobody here sent is a counted loss, SIGKILL one of memory', () => {
  const by = (signal: NodeJS.Signals) =>
    decideEnding(attemptOf(), result({ ends: [runEnd(), runEnd({ exit: { kind: 'signalled', signal } })] }))
  expect(by('SIGKILL')).toMatchObject({ kind: 'release', release: { counted: true, memoryKill: true } })
  expect(by('SIGSEGV')).toMatchObject({ kind: 'release', release: { counted: true, memoryKill: false } })
})

test('exit 1 before any request is failed at once, with what the scanner said last', () => {
  const told = { requests: 0, tail: ['[FTL] Could not run nuclei: no templates provided for scan'] }
  const ends = [runEnd({ exit: { kind: 'exited', code: 1 }, told })]
  expect(decideEnding(attemptOf(), result({ ends, findings: 0 }))).toEqual({
    kind: 'finish',
    state: 'failed',
    reason: { code: 'scanner-error', detail: 'exit 1: [FTL] Could not run nuclei: no templates provided for scan' },
  })
})

test('exit 1 after findings or requests is partial', () => {
  const ends = [runEnd({ exit: { kind: 'exited', code: 1 } })]
  expect(decideEnding(attemptOf(), result({ ends, findings: 0 }))).toMatchObject({ state: 'partial' })
  const silent = [runEnd({ exit: { kind: 'exited', code: 2 }, told: { requests: 0 } })]
  expect(decideEnding(attemptOf(), result({ ends: silent, findings: 1 }))).toMatchObject({ state: 'partial' })
})

test('completed is every target covered', () => {
  expect(decideEnding(attemptOf(), result())).toEqual({ kind: 'finish', state: 'completed', reason: null })
  expect(decideEnding(attemptOf(), result({ findings: 0 }))).toMatchObject({ state: 'completed' })
})

test.each<[string, Partial<AttemptResult>, Record<string, unknown>]>([
  [
    'one of two unreachable',
    { targets: [target('covered'), target('unreachable', 'no-answer', 1)] },
    { state: 'partial', reason: { code: 'targets-unreachable', detail: '1 of 2 targets: no-answer' } },
  ],
  [
    'the only one unreachable',
    { targets: [target('unreachable', 'no-answer')], findings: 0 },
    { state: 'failed', reason: { code: 'targets-unreachable' } },
  ],
  ['unreachable, with a finding', { targets: [target('unreachable', 'no-answer')] }, { state: 'partial' }],
  [
    'out of scope',
    { targets: [target('skipped', 'scope')], findings: 0 },
    { state: 'failed', reason: { code: 'scope' } },
  ],
  [
    'nothing loaded',
    { targets: [target('skipped', 'templates-not-loaded')], findings: 0 },
    { state: 'failed', reason: { code: 'templates-not-loaded' } },
  ],
  [
    'half a look',
    { targets: [target('partial', 'stopped-answering')], findings: 0 },
    { state: 'partial', reason: { code: 'stopped-answering' } },
  ],
  [
    'output lost',
    { targets: [target('partial', 'output-truncated')], ends: [runEnd({ dropped: 1 })] },
    { state: 'partial', reason: { code: 'output-truncated' } },
  ],
])('%s is not completed', (_, more, ending) => {
  expect(decideEnding(attemptOf(), result(more))).toMatchObject({ kind: 'finish', ...ending })
})
