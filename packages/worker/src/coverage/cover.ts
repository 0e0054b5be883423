import type { TargetCoverage } from '@assayer/schema/store'
import type { StopWhy } from '../claim/attempt.ts'
import { eachAtMost } from '../claim/each-at-most.ts'
import type { RunEnd } from '../claim/run-nuclei.ts'
import { ask } from '../reach/ask.ts'
import type { Wall } from '../reach/ask.ts'
import type { Reached, RunPlan, ShardTarget } from '../reach/plan-runs.ts'
import type { Evidence } from '../wall/warden-messages.ts'
import { beyond } from './beyond.ts'
import { countsFrom, countsOf, judgeTarget, needsLateAnswer } from './judge-target.ts'

/**
 * `countsRequests`: Nuclei counts no request for ssl templates and for tcp ones that only read. `asksHttp`: a template of it
 * asks over HTTP, so that an answer over HTTP is what a target owes.
 */
export type DoneRun = { plan: RunPlan; end: RunEnd; selected: number; countsRequests: boolean; asksHttp: boolean }

export type Covered = {
  inScope: ShardTarget[]
  outOfScope: ShardTarget[]
  /** Those of `inScope` that were asked what they speak before the attempt was stopped. */
  reached: Reached[]
  /** Whether a target answered once more after the run, by ordinal. */
  late: ReadonlyMap<number, boolean>
  /** Those that turned out to speak HTTP though no HTTP template saw them, by ordinal. */
  lateWeb: ReadonlySet<number>
  /** What the wall had counted before the first run, and after the last. */
  before: Evidence
  after: Evidence
  runs: DoneRun[]
  stopped: StopWhy | null
  /** How long Nuclei waited for an answer. */
  timeoutMs: number
}

/** Asks once more each target whose counts leave a doubt that it answered up to the end. */
export async function lateAnswers(
  { reached, runs, before, after }: Pick<Covered, 'reached' | 'runs' | 'before' | 'after'>,
  wall: Wall,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Map<number, boolean>> {
  const rows = beyond(before, after)
  const doubtful = reached.filter((one) => needsLateAnswer({ target: one.target, web: owed(runs, one.web) }, rows))
  const answers = await eachAtMost(10, doubtful, signal, async ({ ordinal, target, web }) => {
    const spoke = countsOf(target, rows).find((row) => row.answers + row.tlsHandshakes + row.otherAnswers > 0)
    const port = target.port ?? spoke?.port ?? 443
    const tls = web === 'https' || (web === null && (spoke?.tlsHandshakes ?? 0) > 0)
    const said = await ask(wall, { host: target.host, port, deadlineMs: timeoutMs, tls }, signal)
    return [ordinal, owed(runs, web) === null ? said !== 'silent' : said === 'http'] as const
  })
  return new Map(answers)
}

/** The coverage of each of a shard's targets, from what the wall counted and how the runs ended. */
export function coverageOf(input: Covered): TargetCoverage[] {
  const gaveUp = new Set(input.runs.flatMap(({ end }) => end.told.skipped.map(hostAndPort)))
  const seen = { all: input.after.targets, scanned: beyond(input.before, input.after) }
  const webs = new Map(input.reached.map(({ ordinal, web }) => [ordinal, web]))
  const judged = ({ ordinal, target }: ShardTarget, inScope: boolean): TargetCoverage => {
    const web = webs.get(ordinal) ?? target.scheme
    const truth = {
      target,
      web: owed(input.runs, web),
      inScope,
      answeredLate: input.late.get(ordinal) ?? null,
      turnedWeb: input.lateWeb.has(ordinal),
    }
    const { coverage, reason } = judgeTarget(truth, seen, { flaw: flawOf(input, web), gaveUp })
    return { ordinal, coverage, reason, evidence: { ...countsFrom(countsOf(target, seen.all)), web } }
  }
  return [...input.inScope.map((one) => judged(one, true)), ...input.outOfScope.map((one) => judged(one, false))]
}

const hostAndPort = (text: string): string => text.replace(/^[a-z]+:\/\//, '')

const runOf = (runs: DoneRun[], web: Reached['web']): DoneRun | undefined =>
  runs.find(({ plan }) => plan.protocols.includes('http') === (web !== null))

/** Over what a target owes its answer: HTTP where a template asked so, else anything will do. */
const owed = (runs: DoneRun[], web: Reached['web']): Reached['web'] =>
  runOf(runs, web)?.asksHttp === false ? null : web

/** Nuclei gave up connections that the wall never saw, so that its counts are not the whole truth of any target. */
function wallMissed({ before, after, timeoutMs }: Covered): boolean {
  const stoodStillMs = after.stoodStillMs - before.stoodStillMs
  return after.turnedAway > before.turnedAway || (stoodStillMs > 0 && stoodStillMs + 1000 >= timeoutMs)
}

/** What keeps a run from counting as a whole look, or null. */
function flawOf(input: Covered, web: Reached['web']): string | null {
  const { runs, stopped } = input
  if (stopped !== null) return stopped
  const run = runOf(runs, web)
  if (!run)
    return runs.some(({ end }) => end.exit.kind !== 'exited' || end.exit.code !== 0)
      ? 'scanner-error'
      : 'no-template-applies'
  const { exit, told, dropped } = run.end
  if (exit.kind !== 'exited' || exit.code !== 0) return 'scanner-error'
  if (told.templatesLoaded !== run.selected) return 'templates-not-loaded'
  if (told.requests === 0 && run.countsRequests) return 'no-requests'
  if (dropped > 0) return 'output-truncated'
  return wallMissed(input) ? 'wall-overloaded' : null
}
