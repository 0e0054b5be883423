import { formatId, Labels, Name, newId, parseTarget, problem, targetMaxLength } from '@assayer/schema'
import { getTarget, insertTarget, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { validate } from '../request/validate.ts'
import { renderTarget } from '../render/target.ts'

export const Address = v.pipe(v.string(), v.maxLength(targetMaxLength))

/** The body of `POST /v1/targets`. */
export const TargetInput = v.pipe(
  v.strictObject({ name: Name, address: Address, labels: v.optional(Labels, {}) }),
  v.title('NewTarget'),
)

/** Makes a target of a workspace. Whether it may be scanned is judged when it is ordered. */
export async function makeTarget(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const input = validate(TargetInput, body)
  const target = { ...input, id: newId(), address: canonicalOf(input.address), createdBy: actor.createdBy }
  const id = formatId('target', target.id)
  const location = `/v1/targets/${id}`
  const { createdAt: _, ...answer } = renderTarget({ ...target, version: 1, createdAt: deps.now() })
  const kept = idempotency && { ...idempotency, answer, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertTarget(deps.sql, actor.workspaceId, target, more))
  if (made === null && idempotency) return await replay(call, idempotency, id)
  const row = made ?? (await twice(() => getTarget(deps.sql, actor.workspaceId, target.id)))
  if (row === null) throw new Error('a target just made is not there')
  const shown = { status: 201, version: row.version, value: renderTarget(row), headers: { Location: location } }
  return await shownJson(deps.sha256, shown)
}

/** The one form of an address that is kept; `target-invalid` for a text that is no target. */
export function canonicalOf(address: string): string {
  const parsed = parseTarget(address)
  if (parsed.ok) return parsed.target.canonical
  const { code, message } = parsed
  throw problem('target-invalid', { errors: [{ in: 'body', pointer: '/address', code, message }] })
}
