import { decideTarget, parseScopePattern, problem, scopeRefusalMessage } from '@assayer/schema'
import type { ProblemError, Scope, ScopeDecision, ScopeRule, Target } from '@assayer/schema'
import type { OrderBasis } from '@assayer/schema/store'
import type { ResolveName } from '../deps.ts'
import { lookUpNames } from './look-up-names.ts'
import type { OrderedTarget } from './resolve-targets.ts'

/** A workspace's rules as the judge takes them. */
export const rulesOf = (rows: OrderBasis['rules']): ScopeRule[] =>
  rows.flatMap(({ effect, pattern, expiresAt }): ScopeRule[] => {
    const parsed = parseScopePattern(pattern)
    if (!parsed.ok) return []
    return [{ effect, pattern: parsed.pattern, origin: 'workspace', expiresAt }]
  })

/**
 * Refuses an order with `target-out-of-scope` that lists each target which may not be scanned, and the line that would
 * allow it. Names are looked up only where a rule allows them, so that nobody can ask our resolver for others.
 */
export async function judgeScope(
  scope: Scope,
  targets: readonly OrderedTarget[],
  resolve: ResolveName | null,
  now: Date,
): Promise<void> {
  const decisions = new Map<string, ScopeDecision>()
  const places = new Map(targets.map(({ target }) => [placeOf(target), target]))
  for (const [place, target] of places) decisions.set(place, decideTarget(scope, target, null, now))
  const named = [...places].filter(([place, target]) => isName(target) && decisions.get(place)?.allowed)
  if (resolve !== null && named.length > 0) {
    const addresses = await lookUpNames(resolve, [...new Set(named.map(([, { host }]) => host))])
    for (const [place, target] of named)
      decisions.set(place, decideTarget(scope, target, addresses.get(target.host) ?? null, now))
  }
  const errors = targets.flatMap(({ pointer, target }): ProblemError[] => {
    const decision = decisions.get(placeOf(target))
    if (!decision || decision.allowed) return []
    const message = scopeRefusalMessage(target, decision.code)
    return [{ in: 'body', pointer, code: decision.code, message }]
  })
  if (errors.length > 0) throw problem('target-out-of-scope', { errors })
}

// The decision depends on nothing else of a target.
const placeOf = ({ host, port }: Target): string => `${host} ${port}`

const isName = ({ address, host }: Target): boolean => address === null && host !== 'localhost'
