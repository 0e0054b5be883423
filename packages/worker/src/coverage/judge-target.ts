import type { Coverage, Target } from '@assayer/schema'
import type { TargetEvidence } from '../wall/warden-messages.ts'

export type RunTruth = {
  /** Null when the scanner ended by itself as it should: exit 0, all selected templates loaded, requests made. */
  flaw: string | null
  /** host:port that Nuclei gave up on. */
  gaveUp: ReadonlySet<string>
}
export type TargetTruth = {
  target: Target
  web: 'http' | 'https' | null
  /** False when scope no longer allowed it at claim. */
  inScope: boolean
  /** Whether it answered once more after the run; null when it was not asked. */
  answeredLate: boolean | null
}
export type Judged = { coverage: Coverage; reason: string | null; counts: TargetCounts }
type TargetCounts = Pick<
  TargetEvidence,
  | 'connects'
  | 'failed'
  | 'timedOut'
  | 'refusedByScope'
  | 'bytesIn'
  | 'bytesOut'
  | 'answers'
  | 'peakRequestsPerSecond'
  | 'firstAt'
  | 'lastAt'
>

/** Failures and silence may be this share of a target's connections before its coverage is doubted. */
const tolerated = 0.1

/** The wall's counts of one target: of its port, or of all ports where it names none. */
export function countsOf(target: Target, rows: readonly TargetEvidence[]): TargetEvidence[] {
  return rows.filter((row) => row.host === target.host && (target.port === null || row.port === target.port))
}

const sum = (rows: readonly TargetEvidence[], of: (row: TargetEvidence) => number) =>
  rows.reduce((n, row) => n + of(row), 0)

/** True when the wall's counts alone do not show that the target answered up to the end, so that it is to be asked again. */
export function needsLateAnswer(truth: Pick<TargetTruth, 'target' | 'web'>, rows: readonly TargetEvidence[]): boolean {
  const own = countsOf(truth.target, rows)
  return (
    answered(truth.web, own) > 0 &&
    (bad(truth.web, own) > 0 || lastAnswer(own) < Math.max(...own.map((row) => row.lastAt ?? 0)))
  )
}

const answered = (web: TargetTruth['web'], rows: readonly TargetEvidence[]) =>
  sum(rows, (row) => (web === null ? row.answers + row.tlsHandshakes + row.otherAnswers : row.answers))

/** Failed and timed out connects; for HTTP also connections on which nothing came back. */
const bad = (web: TargetTruth['web'], rows: readonly TargetEvidence[]) =>
  sum(rows, (row) => {
    const silent =
      row.connects - row.failed - row.timedOut - Math.max(row.answers, row.tlsHandshakes) - row.otherAnswers
    return row.failed + row.timedOut + (web === null ? 0 : Math.max(0, silent))
  })

const lastAnswer = (rows: readonly TargetEvidence[]) =>
  Math.max(0, ...rows.map((row) => Math.max(row.lastAnswerAt ?? 0, row.lastOtherAt ?? 0)))

/**
 * What a target's coverage is, from positive evidence: it answered early and late, with failures and silence below a tenth of
 * its connections, Nuclei did not give up on it, and the run ended as it should. What did not look never reads clean.
 */
export function judgeTarget(truth: TargetTruth, rows: readonly TargetEvidence[], run: RunTruth): Judged {
  const own = countsOf(truth.target, rows)
  const connects = sum(own, (row) => row.connects)
  const verdict = (coverage: Coverage, reason: string | null): Judged => ({ coverage, reason, counts: countsFrom(own) })
  if (!truth.inScope) return verdict('skipped', 'scope')
  if (connects === 0 && sum(own, (row) => row.refusedByScope) > 0) return verdict('skipped', 'scope')
  if (answered(truth.web, own) === 0) {
    if (connects === 0 && run.flaw !== null) return verdict('skipped', run.flaw)
    return verdict('unreachable', connects === 0 ? 'not-contacted' : 'no-answer')
  }
  if (run.flaw !== null) return verdict('partial', run.flaw)
  if (own.some((row) => run.gaveUp.has(`${row.host}:${row.port}`) || run.gaveUp.has(`[${row.host}]:${row.port}`))) {
    return verdict('partial', 'given-up-by-nuclei')
  }
  if (bad(truth.web, own) > connects * tolerated) return verdict('partial', 'connections-failed')
  if (truth.answeredLate === false) return verdict('partial', 'stopped-answering')
  return verdict('covered', null)
}

function countsFrom(rows: readonly TargetEvidence[]): TargetCounts {
  const times = (of: (row: TargetEvidence) => number | null) => rows.map(of).filter((time) => time !== null)
  return {
    connects: sum(rows, (row) => row.connects),
    failed: sum(rows, (row) => row.failed),
    timedOut: sum(rows, (row) => row.timedOut),
    refusedByScope: sum(rows, (row) => row.refusedByScope),
    bytesIn: sum(rows, (row) => row.bytesIn),
    bytesOut: sum(rows, (row) => row.bytesOut),
    answers: sum(rows, (row) => row.answers + row.otherAnswers),
    peakRequestsPerSecond: Math.max(0, ...rows.map((row) => row.peakRequestsPerSecond)),
    firstAt: times((row) => row.firstAt).toSorted((a, b) => a - b)[0] ?? null,
    lastAt: times((row) => row.lastAt).toSorted((a, b) => b - a)[0] ?? null,
  }
}
