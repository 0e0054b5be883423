import { decideTarget, parseScopePattern, parseTarget } from '@assayer/schema'
import type { Scope, ScopeRule, Target } from '@assayer/schema'
import { liveScopeRules, shardTargets } from '@assayer/schema/store'
import type { Attempt } from './attempt.ts'
import type { RunDeps } from './deps.ts'
import { eachAtMost } from './each-at-most.ts'
import { askWhatSpeaks } from '../reach/ask.ts'
import type { Wall } from '../reach/ask.ts'
import { portsToAsk, webOf } from '../reach/plan-runs.ts'
import type { Reached, ShardTarget } from '../reach/plan-runs.ts'

export type Prepared = { scope: Scope; inScope: ShardTarget[]; outOfScope: ShardTarget[] }

/** Reads an attempt's targets and the rules that hold now: what is no longer allowed is left out before anything is sent. */
export async function prepareTargets(deps: RunDeps, attempt: Attempt): Promise<Prepared> {
  const [rows, rules] = await Promise.all([
    shardTargets(deps.sql, attempt.key),
    liveScopeRules(deps.sql, attempt.key.workspaceId),
  ])
  const own = rules.flatMap(({ effect, pattern, expiresAt }): ScopeRule[] => {
    const parsed = parseScopePattern(pattern)
    return parsed.ok
      ? [{ effect, pattern: parsed.pattern, origin: 'workspace', expiresAt: expiresAt?.toISOString() ?? null }]
      : []
  })
  const scope: Scope = { rules: [...deps.operatorRules, ...own], own: deps.own }
  const targets = rows.map(({ ordinal, canonical }): ShardTarget => ({ ordinal, target: parsed(canonical) }))
  const now = new Date()
  const allowed = Map.groupBy(targets, ({ target }) => decideTarget(scope, target, null, now).allowed)
  return { scope, inScope: allowed.get(true) ?? [], outOfScope: allowed.get(false) ?? [] }
}

function parsed(canonical: string): Target {
  const read = parseTarget(canonical)
  if (!read.ok) throw new Error('a stored target cannot be read')
  return read.target
}

const atOnce = 10

/** Finds out what each target without a scheme speaks, ten at a time, through the wall, until the signal aborts. */
export async function reachTargets(
  targets: ShardTarget[],
  wall: Wall,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Reached[]> {
  return await eachAtMost(atOnce, targets, signal, async (shardTarget) => {
    const { target } = shardTarget
    if (target.scheme !== null) return { ...shardTarget, web: target.scheme }
    const answers = await Promise.all(
      portsToAsk(target).map((port) => askWhatSpeaks(wall, target.host, port, Math.min(timeoutMs, 5000), signal)),
    )
    return { ...shardTarget, web: webOf(answers) }
  })
}
