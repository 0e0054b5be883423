import { isTerminal } from '@assayer/schema'
import type { Reason } from '@assayer/schema'
import { finishShard, releaseShard, settleScan } from '@assayer/schema/store'
import type { Release, ShardEnd, TargetCoverage } from '@assayer/schema/store'
import type { Attempt, StopWhy } from './attempt.ts'
import type { RunDeps } from './deps.ts'
import { insist } from './insist.ts'
import type { RunEnd } from './run-nuclei.ts'

/** What came of an attempt's runs. */
export type AttemptResult = {
  ends: RunEnd[]
  targets: TargetCoverage[]
  findings: number
  templatesLoaded: number | null
}

/** How the attempt is to end: its shard finished, or given back. */
export type Ending =
  | { kind: 'finish'; state: ShardEnd['state']; reason: Reason | null }
  | { kind: 'release'; release: Release }
  | { kind: 'drop' }

const reason = (code: string, detail: string | null = null): Reason => ({ code, detail })
const given = (why: string, delayMs: number, more: Partial<Release> = {}): Ending => ({
  kind: 'release',
  release: { why, delayMs, counted: false, detail: {}, ...more },
})

/** Decides by what stopped the attempt, else by how Nuclei ended, else by what was covered. */
export function decideEnding(attempt: Attempt, result: AttemptResult): Ending {
  const why = attempt.stopped()
  if (why !== null) return endingOfStop(why, attempt)
  const bad = result.ends.find(({ exit }) => exit.kind !== 'exited' || exit.code !== 0)
  switch (bad?.exit.kind) {
    case 'not-spawned':
      return given('spawn-failed', 5000, { detail: { message: bad.exit.message } })
    case 'signalled':
      return given(`killed by ${bad.exit.signal}`, 0, {
        counted: true,
        memoryKill: bad.exit.signal === 'SIGKILL',
      })
    case 'exited': {
      const detail = `exit ${bad.exit.code}: ${bad.told.tail.at(-1) ?? ''}`.slice(0, 500).toWellFormed()
      const state = bad.told.requests === 0 && result.findings === 0 ? 'failed' : 'partial'
      return { kind: 'finish', state, reason: reason('scanner-error', detail) }
    }
    case undefined:
      return endingOfCoverage(result)
  }
}

function endingOfStop(why: StopWhy, attempt: Attempt): Ending {
  switch (why) {
    case 'fenced':
      return { kind: 'drop' }
    case 'database-away':
    case 'wall-gone':
      return given(why, 0)
    case 'shutdown':
      return given(why, 0)
    case 'cancelled':
      return { kind: 'finish', state: 'cancelled', reason: null }
    case 'stalled':
      return attempt.shard.stalls === 0
        ? given(why, 5000, { stalled: true })
        : { kind: 'finish', state: 'partial', reason: reason('scanner-stalled') }
    case 'soft-limit':
    case 'deadline':
    case 'hard-limit':
      return { kind: 'finish', state: 'partial', reason: reason(why) }
    case 'output-limit':
      return { kind: 'finish', state: 'partial', reason: reason('output-truncated') }
  }
}

function endingOfCoverage({ targets, findings, ends }: AttemptResult): Ending {
  const missed = targets.filter(({ coverage }) => coverage !== 'covered')
  const first = missed[0]
  if (first === undefined) return { kind: 'finish', state: 'completed', reason: null }
  const touched = findings > 0 || targets.some(({ coverage }) => coverage === 'covered' || coverage === 'partial')
  const dropped = ends.reduce((n, end) => n + end.dropped, 0)
  const code = dropped > 0 ? 'output-truncated' : codeOf(first)
  return {
    kind: 'finish',
    state: touched ? 'partial' : 'failed',
    reason: reason(code, `${missed.length} of ${targets.length} targets: ${first.reason ?? first.coverage}`),
  }
}

const codeOf = ({ coverage, reason: why }: TargetCoverage): string =>
  coverage === 'unreachable' ? 'targets-unreachable' : coverage === 'skipped' ? (why ?? 'scope') : (why ?? 'coverage')

/** Writes the ending and settles the scan. Fenced writes are logged once; nothing is sent after them. */
export async function endAttempt(
  deps: RunDeps,
  attempt: Attempt,
  result: AttemptResult,
  ending: Ending,
): Promise<void> {
  const fields = { scanId: attempt.key.scanId, shardId: attempt.key.shardId, attempt: attempt.key.attempt }
  if (ending.kind === 'drop') {
    deps.log.warn(fields, 'attempt was fenced')
    return
  }
  const told = result.ends.map((end) => end.told)
  const detail = {
    exits: result.ends.map(({ exit }) => exit),
    peakBytes: Math.max(0, ...result.ends.map((end) => end.peakBytes)),
    odd: result.ends.reduce((n, end) => n + end.odd, 0),
    dropped: result.ends.reduce((n, end) => n + end.dropped, 0),
    stderr: told.flatMap(({ tail }) => tail).slice(-40),
  }
  const sum = (of: (one: (typeof told)[number]) => number) => told.reduce((n, one) => n + of(one), 0)
  const deadline = AbortSignal.timeout(60_000)
  const written =
    ending.kind === 'release'
      ? await insist(
          () =>
            releaseShard(deps.sql, attempt.key, { ...ending.release, detail: { ...detail, ...ending.release.detail } }),
          deadline,
        )
      : await insist(() => {
          const { state, reason: why } = ending
          const end: ShardEnd = {
            state,
            reason: why,
            targets: result.targets,
            requests: sum((one) => one.requests),
            errors: sum((one) => one.errors),
            templatesLoaded: result.templatesLoaded,
            detail,
          }
          return finishShard(deps.sql, attempt.key, end)
        }, deadline)
  if (!written)
    deps.log.warn(fields, 'attempt was fenced at its end, or its end was written by a statement whose reply was lost')
  const state = await insist(() => settleScan(deps.sql, attempt.key.workspaceId, attempt.key.scanId), deadline)
  deps.publish(attempt.key.scanId, state !== null && isTerminal(state))
  const how =
    ending.kind === 'release' ? { released: ending.release.why } : { state: ending.state, reason: ending.reason?.code }
  const said = {
    findings: result.findings,
    scanState: state ?? undefined,
    traceparent: attempt.shard.traceparent ?? undefined,
  }
  deps.log.info({ ...fields, ...how, ...said }, 'attempt ended')
}
