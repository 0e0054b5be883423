import { parseTarget } from '@assayer/schema'
import type { Target } from '@assayer/schema'
import type { Evidence, TargetEvidence } from '../wall/warden-messages.ts'
import type { RunTruth, Seen, TargetTruth } from './judge-target.ts'

export const targetOf = (text: string): Target => {
  const parsed = parseTarget(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.target
}

/** What the wall counted for one host and port: nothing, but for what is given. */
export const counted = (more: Partial<TargetEvidence> = {}): TargetEvidence => ({
  host: '127.0.0.1',
  port: 8080,
  connects: 0,
  failed: 0,
  closed: 0,
  shed: 0,
  timedOut: 0,
  refusedByScope: 0,
  bytesIn: 0,
  bytesOut: 0,
  requests: 0,
  asked: 0,
  answers: 0,
  unanswered: 0,
  greetingsUnanswered: 0,
  tlsHandshakes: 0,
  otherAnswers: 0,
  peakRequestsPerSecond: 0,
  firstAt: null,
  lastAt: null,
  firstAnswerAt: null,
  lastAnswerAt: null,
  firstOtherAt: null,
  lastOtherAt: null,
  ...more,
})

export const evidenceOf = (...targets: TargetEvidence[]): Evidence => ({
  at: 0,
  targets,
  refused: [],
  refusedTotal: 0,
  turnedAway: 0,
  stoodStillMs: 0,
})

/** A target of the web and an endpoint in scope, asked no second time. */
export const web: TargetTruth = {
  target: targetOf('http://127.0.0.1:8080'),
  web: 'http',
  inScope: true,
  answeredLate: null,
  turnedWeb: false,
}
export const endpoint: TargetTruth = { ...web, target: targetOf('127.0.0.1:8080'), web: null }
/** A run without a flaw. */
export const well: RunTruth = { flaw: null, gaveUp: new Set() }
export const only = (...rows: TargetEvidence[]): Seen => ({ all: rows, scanned: rows })
/** What a healthy site of the web leaves at the wall. */
export const healthy = counted({ connects: 130, asked: 100, answers: 100, bytesIn: 5000 })
/** One judgement, and what has to come out. */
export type Judged = [
  name: string,
  truth: TargetTruth,
  seen: Seen,
  run: RunTruth,
  coverage: string,
  reason: string | null,
]
