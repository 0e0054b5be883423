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
  /** Null where any answer will do: it speaks no HTTP, or no template asked over HTTP. */
  web: 'http' | 'https' | null
  /** False when scope no longer allowed it at claim. */
  inScope: boolean
  /** Whether it answered once more after the run; null when it was not asked. */
  answeredLate: boolean | null
  /** It speaks HTTP after all, and no HTTP template was run on it. */
  turnedWeb: boolean
}
/** What the wall counted: of the whole attempt, and of Nuclei's runs alone, without what Assayer itself asked before. */
export type Seen = { all: readonly TargetEvidence[]; scanned: readonly TargetEvidence[] }
export type Judged = { coverage: Coverage; reason: string | null }
type TargetCounts = Pick<
  TargetEvidence,
  | 'connects'
  | 'failed'
  | 'timedOut'
  | 'refusedByScope'
  | 'bytesIn'
  | 'bytesOut'
  | 'requests'
  | 'asked'
  | 'answers'
  | 'peakRequestsPerSecond'
  | 'firstAt'
  | 'lastAt'
>

/** Failures and silence may be this share of a target's connections, or of its requests where one connection carried several. */
const tolerated = 0.1

/** The wall's counts of one target: of its port, or of all ports where it names none. */
export function countsOf(target: Target, rows: readonly TargetEvidence[]): TargetEvidence[] {
  return rows.filter((row) => row.host === target.host && (target.port === null || row.port === target.port))
}

const webPort = { http: 80, https: 443 } as const

/**
 * Without the ports of a bare host, but for that of its web, that were closed whenever somebody came: templates try theirs everywhere,
 * and nothing is there.
 */
const openPorts = ({ target, web }: TargetTruth, rows: readonly TargetEvidence[]) =>
  rows.filter(
    ({ port, closed, connects }) =>
      target.port !== null || closed === 0 || closed < connects || (web !== null && port === webPort[web]),
  )

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

/**
 * Failed and timed out connects; for HTTP also connections on which no request got an answer, later requests on others that got
 * none, and for HTTPS handshakes that hung. Connections that Nuclei opened and never used do not count (124 of 338 on a healthy
 * site), nor do handshakes with what speaks no TLS.
 */
const bad = (web: TargetTruth['web'], rows: readonly TargetEvidence[]) =>
  sum(rows, (row) => {
    const silent = web === null ? 0 : Math.max(0, row.asked - row.answers) + row.unanswered
    return row.failed + row.timedOut + silent + (web === 'https' ? row.greetingsUnanswered : 0)
  })

const lastAnswer = (rows: readonly TargetEvidence[]) =>
  Math.max(0, ...rows.map((row) => Math.max(row.lastAnswerAt ?? 0, row.lastOtherAt ?? 0)))

/**
 * What a target's coverage is, from positive evidence: it answered Nuclei early and late, with failures and silence below a
 * tenth of its connections, Nuclei did not give up on it, and the run ended as it should. What did not look never reads clean,
 * and an answer to Assayer's own question is no look.
 */
export function judgeTarget(truth: TargetTruth, seen: Seen, run: RunTruth): Judged {
  const verdict = (coverage: Coverage, reason: string | null): Judged => ({ coverage, reason })
  if (!truth.inScope) return verdict('skipped', 'scope')
  const all = countsOf(truth.target, seen.all)
  const contacted = sum(all, (row) => row.connects) > 0
  if (!contacted && sum(all, (row) => row.refusedByScope) > 0) return verdict('skipped', 'scope')
  if (contacted && answered(truth.web, all) === 0) return verdict('unreachable', 'no-answer')
  const own = countsOf(truth.target, seen.scanned)
  const connects = sum(own, (row) => row.connects)
  if (connects === 0) {
    return run.flaw === null ? verdict('unreachable', 'not-contacted') : verdict('skipped', run.flaw)
  }
  if (answered(truth.web, own) === 0) return verdict('unreachable', 'no-answer')
  if (run.flaw !== null) return verdict('partial', run.flaw)
  const looked = openPorts(truth, own)
  if (looked.some((row) => run.gaveUp.has(`${row.host}:${row.port}`) || run.gaveUp.has(`[${row.host}]:${row.port}`))) {
    return verdict('partial', 'given-up-by-nuclei')
  }
  const carried = Math.max(
    sum(looked, (row) => row.connects),
    sum(looked, (row) => row.requests),
  )
  if (bad(truth.web, looked) > carried * tolerated) return verdict('partial', 'connections-failed')
  if (truth.answeredLate === false) return verdict('partial', 'stopped-answering')
  if (truth.turnedWeb) return verdict('partial', 'http-too-late')
  return verdict('covered', null)
}

/** The sum of a target's counts, as its coverage row keeps them. */
export function countsFrom(rows: readonly TargetEvidence[]): TargetCounts {
  const times = (of: (row: TargetEvidence) => number | null) => rows.map(of).filter((time) => time !== null)
  return {
    connects: sum(rows, (row) => row.connects),
    failed: sum(rows, (row) => row.failed),
    timedOut: sum(rows, (row) => row.timedOut),
    refusedByScope: sum(rows, (row) => row.refusedByScope),
    bytesIn: sum(rows, (row) => row.bytesIn),
    bytesOut: sum(rows, (row) => row.bytesOut),
    requests: sum(rows, (row) => row.requests),
    asked: sum(rows, (row) => row.asked),
    answers: sum(rows, (row) => row.answers + row.otherAnswers),
    peakRequestsPerSecond: Math.max(0, ...rows.map((row) => row.peakRequestsPerSecond)),
    firstAt: times((row) => row.firstAt).toSorted((a, b) => a - b)[0] ?? null,
    lastAt: times((row) => row.lastAt).toSorted((a, b) => b - a)[0] ?? null,
  }
}
