import { parseTarget } from '@assayer/schema'
import type { Target } from '@assayer/schema'
import type { Evidence, TargetEvidence } from '../wall/warden-messages.ts'

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
