import { formatId, newId, openSecrets, parseId, Problem, problem, problems, triggerPlace } from '@assayer/schema'
import type { TriggerOrder } from '@assayer/schema'
import { renderScan } from '@assayer/schema/render'
import { findDelivery, findTrigger, getScan, noteRefusal, twice } from '@assayer/schema/store'
import type { TriggerRow } from '@assayer/schema/store'
import { planOrder } from '../order/accept.ts'
import { clientOf } from '../request/act.ts'
import { jsonOf, readRaw } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { wants } from './filter-delivery.ts'
import { commitOf } from './read-commit.ts'
import { factsOf, valueAt } from './read-payload.ts'
import { deliveryIdOf, isSigned } from './verify-delivery.ts'

type Hook = Omit<Call, 'actor'>
/** How a delivery shows who sent it (RFC 9110, 11.6.1): by the scheme of its trigger. */
const challenge = { 'WWW-Authenticate': 'Signature' }
const nothing: Answer = { status: 204, body: null, headers: {} }
const mostTargets = 1000

/**
 * `POST /hooks/{triggerId}`: 202 with the scan that a delivery orders, 200 with the same scan for a known delivery, 204 for one
 * that the trigger does not want. The signature is verified over the raw bytes before anything is parsed; whoever cannot sign
 * learns whether an id is a trigger's and nothing else. A refusal leaves nothing but an audit event.
 */
export async function takeDelivery(hook: Hook, take: (trigger: TriggerRow) => Promise<void>): Promise<Answer> {
  const { deps, c, requestId } = hook
  const id = parseId('trigger', c.req.param('id') ?? '')
  const trigger = id && (await twice(() => findTrigger(deps.sql, id)))
  if (!trigger) throw problem('trigger-not-found')
  try {
    const body = await readRaw(c)
    if (!(await isSignedFor(hook, trigger, body))) throw problem('signature-invalid')
    await take(trigger)
    if (!trigger.enabled) throw problem('trigger-not-found')
    return await orderFrom(hook, trigger, body)
  } catch (error) {
    if (!(error instanceof Problem) || problems[error.code][0] >= 500 || error.code === 'rate-limited') throw error
    const refusal = { auditId: newId(), requestId, client: clientOf(c), code: error.code }
    await twice(() => noteRefusal(deps.sql, trigger.workspaceId, trigger.id, refusal))
    // What is wrong stands in the audit log: a sender is told the code.
    throw problem(error.code, error.code === 'signature-invalid' ? { headers: challenge } : {})
  }
}

async function isSignedFor({ deps, c }: Hook, trigger: TriggerRow, body: Uint8Array): Promise<boolean> {
  const { sealer } = deps
  if (sealer === null) throw new Error('a trigger cannot be verified without SECRETS_KEY')
  const secrets = await openSecrets(sealer, trigger, triggerPlace(trigger.id)).catch((cause: unknown) => {
    throw new Error(`no delivery to ${formatId('trigger', trigger.id)} can be verified`, { cause })
  })
  return await isSigned(trigger.kind, secrets, { header: (name) => c.req.header(name), body, now: deps.now() })
}

async function orderFrom(hook: Hook, trigger: TriggerRow, body: Uint8Array): Promise<Answer> {
  const { c } = hook
  const deliveryId = deliveryIdOf(trigger.kind, (name) => c.req.header(name))
  if (deliveryId === null) throw problem('malformed-request')
  const event = c.req.header('X-GitHub-Event')
  const payload = jsonOf(c, body)
  if (trigger.kind === 'github' && event === 'ping') return nothing
  const delivery = { triggerId: trigger.id, deliveryId }
  const call: Call = { ...hook, actor: actorOf(trigger) }
  const known = await answerOfKnown(call, delivery)
  if (known !== null) return known
  if (!wants(trigger, factsOf(trigger.kind, event, payload))) return nothing
  const commit = commitOf(trigger, payload)
  if (trigger.answer !== null && commit === null)
    call.deps.log.warn(
      { triggerId: formatId('trigger', trigger.id), requestId: hook.requestId },
      'delivery named no commit to answer to',
    )
  const scan = {
    ...(await planOrder(call, { ...trigger.order, targets: targetsOf(trigger.order, payload) })),
    delivery: { ...delivery, commit },
  }
  const made = await call.accept(scan)
  call.deps.ring()
  const answer = await answerOfKnown(call, delivery, made === null ? scan.scanId : undefined)
  // The trigger was disabled or deleted meanwhile.
  if (answer === null) throw problem('trigger-not-found')
  return made === null ? answer : { ...answer, status: 202 }
}

/** What a known delivery is answered with; null for one that is not. `ownId`: the scan that this request may have made before. */
async function answerOfKnown(
  { deps, actor }: Call,
  delivery: { triggerId: string; deliveryId: string },
  ownId?: string,
): Promise<Answer | null> {
  const known = await twice(() => findDelivery(deps.sql, actor.workspaceId, delivery))
  if (known === null) return null
  const row = await twice(() => getScan(deps.sql, actor.workspaceId, known.scanId))
  const id = formatId('scan', known.scanId)
  if (row === null) return json(200, { scanId: id, deleted: true })
  return await shownJson(deps.sha256, {
    status: known.scanId === ownId ? 202 : 200,
    version: row.version,
    value: renderScan(row, deps.now()),
    headers: { Location: `/v1/scans/${id}` },
  })
}

/** A trigger acts as itself, and may order scans. */
const actorOf = ({ workspaceId, id }: TriggerRow): Call['actor'] => ({
  workspaceId,
  createdBy: { kind: 'trigger', id },
  may: (permission) => permission === 'scans:write',
  stillValid: async () => true,
})

/** The targets of an order; where the payload has no text, or list of texts, at a pointer it is `target-invalid`. */
function targetsOf({ targets }: TriggerOrder, payload: unknown): string[] {
  const texts = targets.flatMap((target) => {
    if (typeof target === 'string') return [target]
    const value = valueAt(payload, target.fromPayload)
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return list.map((one) => {
      if (typeof one !== 'string') throw problem('target-invalid')
      // A stored target is another thing than a text that a sender may choose.
      if (parseId('target', one) !== null) throw problem('target-invalid')
      return one
    })
  })
  if (texts.length > mostTargets) throw problem('invalid-input')
  return texts
}
