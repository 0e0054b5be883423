import { parseTarget, problem } from '@assayer/schema'
import type { ProblemError, Target } from '@assayer/schema'

/** A target of an order: `at` is its place in the list, `ordered` the text that was sent. */
export type OrderedTarget = { at: number; ordered: string; target: Target }

/**
 * Reads the targets of an order; those with the same canonical form count once, as first written. `target-invalid` names
 * every text that is no target, up to 100.
 */
export function resolveTargets(texts: readonly string[]): OrderedTarget[] {
  const targets = new Map<string, OrderedTarget>()
  const errors: ProblemError[] = []
  for (const [at, ordered] of texts.entries()) {
    const parsed = parseTarget(ordered)
    if (!parsed.ok) {
      errors.push({ in: 'body', pointer: `/targets/${at}`, code: parsed.code, message: parsed.message })
      if (errors.length === 100) break
    } else if (!targets.has(parsed.target.canonical)) {
      targets.set(parsed.target.canonical, { at, ordered, target: parsed.target })
    }
  }
  if (errors.length > 0) throw problem('target-invalid', { errors })
  return [...targets.values()]
}
