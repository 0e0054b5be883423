import type { TargetCoverage } from '@assayer/schema/store'
import type { StopWhy } from '../claim/attempt.ts'
import { eachAtMost } from '../claim/each-at-most.ts'
import type { RunEnd } from '../claim/run-nuclei.ts'
import { ask } from '../reach/ask.ts'
import type { Wall } from '../reach/ask.ts'
import type { Reached, RunPlan, ShardTarget } from '../reach/plan-runs.ts'
import type { Evidence } from '../wall/warden-messages.ts'
import { countsOf, judgeTarget, needsLateAnswer } from './judge-target.ts'

/** `countsRequests`: Nuclei counts no request for ssl templates and for tcp ones that only read. */
export type DoneRun = { plan: RunPlan; end: RunEnd; selected: number; countsRequests: boolean }

export type Covered = {
  reached: Reached[]
  outOfScope: ShardTarget[]
  /** In scope, but the attempt was stopped before anybody asked. */
  unreached: ShardTarget[]
  /** Whether a target answered once more after the run, by ordinal. */
  late: ReadonlyMap<number, boolean>
  evidence: Evidence
  runs: DoneRun[]
  stopped: StopWhy | null
}

/** Asks once more each target whose counts leave a doubt that it answered up to the end. */
export async function lateAnswers(
  reached: Reached[],
  wall: Wall,
  evidence: Evidence,
  timeoutMs: number,
): Promise<Map<number, boolean>> {
  const doubtful = reached.filter((one) => needsLateAnswer(one, evidence.targets))
  const answers = await eachAtMost(10, doubtful, async ({ ordinal, target, web }) => {
    const spoke = countsOf(target, evidence.targets).find(
      (row) => row.answers + row.tlsHandshakes + row.otherAnswers > 0,
    )
    const port = target.port ?? spoke?.port ?? 443
    const tls = web === 'https' || (web === null && (spoke?.tlsHandshakes ?? 0) > 0)
    const said = await ask(wall, { host: target.host, port, deadlineMs: timeoutMs, tls })
    return [ordinal, web === null ? said !== 'silent' : said === 'http'] as const
  })
  return new Map(answers)
}

/** The coverage of each of a shard's targets, from what the wall counted and how the runs ended. */
export function coverageOf(input: Covered): TargetCoverage[] {
  const gaveUp = new Set(input.runs.flatMap(({ end }) => end.told.skipped.map(hostAndPort)))
  const judged = (one: ShardTarget, web: Reached['web'], inScope: boolean): TargetCoverage => {
    const run = { flaw: flawOf(input, web), gaveUp }
    const { coverage, reason, counts } = judgeTarget(
      { target: one.target, web, inScope, answeredLate: input.late.get(one.ordinal) ?? null },
      input.evidence.targets,
      run,
    )
    return { ordinal: one.ordinal, coverage, reason, evidence: { ...counts, web } }
  }
  return [
    ...input.reached.map((one) => judged(one, one.web, true)),
    ...input.unreached.map((one) => judged(one, one.target.scheme, true)),
    ...input.outOfScope.map((one) => judged(one, one.target.scheme, false)),
  ]
}

const hostAndPort = (text: string): string => text.replace(/^[a-z]+:\/\//, '')

/** What keeps a run from counting as a whole look, or null. */
function flawOf({ runs, stopped }: Covered, web: Reached['web']): string | null {
  if (stopped !== null) return stopped
  const run = runs.find(({ plan }) => plan.protocols.includes('http') === (web !== null))
  if (!run)
    return runs.some(({ end }) => end.exit.kind !== 'exited' || end.exit.code !== 0)
      ? 'scanner-error'
      : 'no-template-applies'
  const { exit, told, dropped } = run.end
  if (exit.kind !== 'exited' || exit.code !== 0) return 'scanner-error'
  if (told.templatesLoaded !== run.selected) return 'templates-not-loaded'
  if (told.requests === 0 && run.countsRequests) return 'no-requests'
  return dropped > 0 ? 'output-truncated' : null
}
