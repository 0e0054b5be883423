import {
  forgeEvents,
  isSigningToken,
  Name,
  parseId,
  parseTarget,
  problem,
  resolveLimits,
  standardKey,
  TriggerFilters,
  triggerKinds,
  TriggerOrder,
  Word,
} from '@assayer/schema'
import type { ProblemError, TriggerKind } from '@assayer/schema'
import * as v from 'valibot'
import { AnswerInput } from './answer.ts'
import { invalidInput } from '../request/validate.ts'

const Secret = v.pipe(v.string(), v.regex(/^[!-~][ -~]*$/, 'must be printable ASCII'), v.maxLength(200))

const changeable = {
  name: Name,
  events: v.optional(v.pipe(v.array(Word), v.maxLength(50)), []),
  filters: v.optional(TriggerFilters, { branches: [], environments: [], states: [] }),
  order: TriggerOrder,
  answer: v.optional(AnswerInput),
  enabled: v.optional(v.boolean(), true),
}

/** The body of `POST /v1/triggers`. */
export const TriggerInput = v.pipe(
  v.strictObject({ ...changeable, kind: v.picklist(triggerKinds), secret: v.optional(Secret) }),
  v.title('NewTrigger'),
)

/** What a trigger has to be after a change. */
export const TriggerChanged = v.strictObject(changeable)

/** The body of `PATCH /v1/triggers/{id}` (RFC 7396): null takes back to the default. */
export const TriggerPatch = v.pipe(
  v.strictObject({
    name: v.optional(Name),
    events: v.optional(v.nullable(v.array(Word))),
    filters: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
    order: v.optional(v.record(v.string(), v.unknown())),
    answer: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
    enabled: v.optional(v.nullable(v.boolean())),
  }),
  v.title('TriggerPatch'),
)

/** The body of `POST /v1/triggers/{id}/rotate-secret`. */
export const RotateTriggerInput = v.pipe(
  v.strictObject({
    secret: v.optional(Secret),
    overlapSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_592_000)), 86_400),
  }),
  v.title('TriggerRotation'),
)

const mistake = (pointer: string, code: string, message: string): ProblemError => ({
  in: 'body',
  pointer,
  code,
  message,
})

/** Refuses events that no delivery of the kind has, and an order that could never be taken. Scope is judged at each delivery. */
export function judgeTrigger(
  kind: TriggerKind,
  { events, order }: Pick<v.InferOutput<typeof TriggerChanged>, 'events' | 'order'>,
): void {
  const known: readonly string[] | null = kind === 'github' || kind === 'gitlab' ? forgeEvents[kind] : null
  const errors = events.flatMap((event, at) =>
    known === null || known.includes(event)
      ? []
      : [mistake(`/events/${at}`, 'one-of', `must be one of ${known.join(', ')}`)],
  )
  // Where the order sets one alone, its profile may have the other.
  const { softLimitSeconds, hardLimitSeconds } = order.limits
  const limits = resolveLimits(order.limits)
  if (softLimitSeconds !== undefined && hardLimitSeconds !== undefined && !limits.ok)
    errors.push(mistake('/order/limits/hardLimitSeconds', 'too-close', limits.message))
  if (order.targets.length === 0 && Object.keys(order.targetLabels).length === 0)
    errors.push(mistake('/order/targets', 'min-length', 'needs a target'))
  if (errors.length > 0) throw invalidInput(errors)
  const unreadable = order.targets.flatMap((target, at) => {
    if (typeof target !== 'string' || parseId('target', target) !== null) return []
    const parsed = parseTarget(target)
    return parsed.ok ? [] : [mistake(`/order/targets/${at}`, parsed.code, parsed.message)]
  })
  if (unreadable.length > 0) throw problem('target-invalid', { errors: unreadable.slice(0, 100) })
}

/** Refuses a secret that is too short to be one. */
export function judgeSecret(kind: TriggerKind, secret: string): void {
  const signing = kind === 'standard' || (kind === 'gitlab' && isSigningToken(secret))
  const wrong = signing ? standardKey(secret) === null : secret.length < 24
  const message = signing ? 'must be 24 to 64 bytes in base64 after "whsec_"' : 'must have at least 24 bytes'
  if (wrong) throw invalidInput([mistake('/secret', 'secret', message)])
}
