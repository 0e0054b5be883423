import { endpointsOf, formatId, makeTriggerSecret, newId, problem, triggerPlace } from '@assayer/schema'
import type { TriggerAnswer } from '@assayer/schema'
import { getTrigger, insertTrigger, rotateTriggerSecret, twice } from '@assayer/schema/store'
import type { AnswerState } from '@assayer/schema/store'
import { timeOf } from '@assayer/schema/render'
import { renderTrigger } from '../render/trigger.ts'
import { auditOf, clientOf } from '../request/act.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { nameTaken } from '../request/name-taken.ts'
import { validate } from '../request/validate.ts'
import { sealerOf } from '../webhooks/sealer.ts'
import { settleAnswer } from './answer.ts'
import { judgeSecret, judgeTrigger, RotateTriggerInput, TriggerInput } from './input.ts'

/** Makes a trigger; the answer has its secret, once. */
export async function makeTrigger(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const { secret: given, answer: asked, ...input } = validate(TriggerInput, body)
  judgeTrigger(input.kind, input)
  const secret = given ?? makeTriggerSecret(input.kind)
  judgeSecret(input.kind, secret)
  const id = newId()
  const secretSealed = await sealerOf(deps).seal(secret, triggerPlace(id))
  const answer = await settleAnswer(deps, { id, kind: input.kind }, asked)
  const trigger = { ...input, ...answer, id, secretSealed, createdBy: actor.createdBy }
  const idText = formatId('trigger', id)
  const location = `/v1/triggers/${idText}`
  const fresh = { answers: freshAnswers(answer.answer), previousSecretUntil: null, createdAt: deps.now() }
  const { createdAt: _, ...shown } = renderTrigger({ ...trigger, ...fresh })
  const kept = idempotency && { ...idempotency, answer: { ...shown, secret: null }, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertTrigger(deps.sql, actor.workspaceId, trigger, more))
  if (made === 'taken') throw taken()
  // Nothing was made, or the first of two statements made it and its reply was lost.
  const row = made ?? (await twice(() => getTrigger(deps.sql, actor.workspaceId, id)))
  if (row === null && idempotency) return await replay(call, idempotency, idText)
  if (row === null) throw new Error('a trigger just made is not there')
  const headers = { Location: location, 'Cache-Control': 'no-store' }
  const value = renderTrigger(row)
  return await shownJson(deps.sha256, { status: 201, version: row.version, value, once: { secret }, headers })
}

const freshAnswers = (answer: TriggerAnswer | null): AnswerState[] =>
  answer === null
    ? []
    : endpointsOf(answer).map(({ kind }) => ({ kind, enabled: true, disabledReason: null, failingSince: null }))

/** The name is another trigger's. */
export const taken = () => nameTaken('another trigger has this name')

/** Gives a trigger a new secret; until the overlap ends the old one counts beside it. */
export async function rotateSecretOf(
  call: Call,
  id: string,
  body: unknown,
  idempotency: Idempotency | null,
): Promise<Answer> {
  const { secret: given, overlapSeconds } = validate(RotateTriggerInput, body)
  const { deps, actor } = call
  const row = await twice(() => getTrigger(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('trigger-not-found')
  const secret = given ?? makeTriggerSecret(row.kind)
  judgeSecret(row.kind, secret)
  const secretSealed = await sealerOf(deps).seal(secret, triggerPlace(id))
  const idText = formatId('trigger', id)
  const location = `/v1/triggers/${idText}`
  const kept = idempotency && { ...idempotency, answer: { id: idText, secret: null }, location }
  const rotation = { version: row.version, secretSealed, overlapSeconds, idempotency: kept }
  const rotated = await rotateTriggerSecret(deps.sql, actor.workspaceId, id, rotation, auditOf(call))
  if (rotated === null && idempotency) return await replay(call, idempotency, '')
  if (rotated === null) throw problem('version-mismatch', { detail: 'The trigger changed meanwhile: send it again' })
  return json(
    201,
    { id: idText, secret, createdAt: timeOf(rotated.createdAt) },
    { Location: location, 'Cache-Control': 'no-store' },
  )
}
