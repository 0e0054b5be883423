import { formatId, formatScopePattern, newId, parseScopePattern, problem, routeMayHold } from '@assayer/schema'
import { getScopeRule, insertScopeRule, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { endOf, ExpiresAt } from '../request/time.ts'
import { invalidInput, validate } from '../request/validate.ts'
import { renderScopeRule } from '../render/scope-rule.ts'

/** The body of `POST /v1/scope-rules`. */
export const ScopeRuleInput = v.pipe(
  v.strictObject({
    effect: v.picklist(['allow', 'deny']),
    pattern: v.pipe(v.string(), v.maxLength(300)),
    note: v.pipe(v.string(), v.maxLength(500), v.regex(/\S/, 'must say who authorised it')),
    expiresAt: ExpiresAt,
  }),
  v.title('NewScopeRule'),
)

/** Makes a workspace's rule, or refuses one that only the operator may make. */
export async function makeScopeRule(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const { effect, note, ...input } = validate(ScopeRuleInput, body)
  const rule = {
    id: newId(),
    effect,
    pattern: patternOf(effect, input.pattern),
    note,
    createdBy: actor.createdBy,
    expiresAt: endOf(input.expiresAt, deps.now()),
  }
  const id = formatId('scope-rule', rule.id)
  const location = `/v1/scope-rules/${id}`
  const { createdAt: _, ...answer } = renderScopeRule({ ...rule, createdAt: deps.now() })
  const kept = idempotency && { ...idempotency, answer, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertScopeRule(deps.sql, actor.workspaceId, rule, more))
  if (made === null && idempotency) return await replay(call, idempotency, id)
  const row = made ?? (await twice(() => getScopeRule(deps.sql, actor.workspaceId, rule.id)))
  if (row === null) throw new Error('a rule just made is not there')
  const shown = { status: 201, version: 1, value: renderScopeRule(row), headers: { Location: location } }
  return await shownJson(deps.sha256, shown)
}

function patternOf(effect: 'allow' | 'deny', text: string): string {
  const at = { in: 'body', pointer: '/pattern' } as const
  const parsed = parseScopePattern(text)
  if (!parsed.ok) throw invalidInput([{ ...at, code: 'pattern', message: parsed.message }])
  const may = effect === 'deny' ? ({ ok: true } as const) : routeMayHold(parsed.pattern)
  if (!may.ok) {
    const errors = [{ ...at, code: 'not-permitted', message: may.message }]
    throw problem('scope-rule-not-permitted', { detail: may.message, errors })
  }
  return formatScopePattern(parsed.pattern)
}
