import { parseScopePattern } from './scope-pattern.ts'
import { decideTarget, type Scope, type ScopeDecision, type ScopeRule } from './scope.ts'
import { parseTarget, type Target } from './target.ts'

/** The time at which the tests below ask; rules `until past` end at this very moment. */
export const now = new Date('2026-11-23T12:00:00.000Z')
const times: Record<string, string> = { past: '2026-11-23T12:00:00.000Z', future: '2026-11-23T12:00:00.001Z' }

/**
 * A scope from words: `allow P` (a workspace's rule), `operator P` (the operator's allow), `deny P` (the operator's),
 * `workspace-deny P`, each with ` until past|future|TEXT`, and `own ADDRESS PORT|*`; separated by `; `.
 */
export function scopeOf(text: string): Scope {
  const lines = text.split('; ').filter((line) => line !== '')
  return {
    rules: lines.filter((line) => !line.startsWith('own ')).map(ruleOf),
    own: lines
      .filter((line) => line.startsWith('own '))
      .map((line) => {
        const [, address = '', port = ''] = line.split(' ')
        return { address, port: port === '*' ? null : Number(port) }
      }),
  }
}

/** The target of a text that must be one. */
export function targetOf(text: string): Target {
  const parsed = parseTarget(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`)
  return parsed.target
}

/** Asks for `target` or `target = address address` (`= nothing` when it resolves to none). */
export function askFor(scope: string, asked: string): string {
  const [target = '', addresses] = asked.split(' = ')
  const resolved = addresses === undefined ? null : addresses === 'nothing' ? [] : addresses.split(' ')
  return answerOf(decideTarget(scopeOf(scope), targetOf(target), resolved, now))
}

/** `allowed`, or the code of the refusal. */
export function answerOf(decision: ScopeDecision): string {
  return decision.allowed ? 'allowed' : decision.code
}

function ruleOf(line: string): ScopeRule {
  const [kind = '', text = '', , until] = line.split(' ')
  const parsed = parseScopePattern(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`)
  return {
    effect: kind.endsWith('deny') ? 'deny' : 'allow',
    pattern: parsed.pattern,
    origin: kind === 'operator' || kind === 'deny' ? 'operator' : 'workspace',
    expiresAt: until === undefined ? null : (times[until] ?? until),
  }
}
