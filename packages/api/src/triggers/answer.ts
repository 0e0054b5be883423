import { forges, forgeUrls, Severity, tokenPlace } from '@assayer/schema'
import type { ProblemError, TriggerAnswer, TriggerKind } from '@assayer/schema'
import type { TriggerChange } from '@assayer/schema/store'
import * as v from 'valibot'
import type { Deps } from '../deps.ts'
import { invalidInput } from '../request/validate.ts'
import { receiverUrl } from '../webhooks/input.ts'
import { sealerOf } from '../webhooks/sealer.ts'

/** How a trigger answers to a forge. The token is never shown again. */
export const AnswerInput = v.pipe(
  v.strictObject({
    kind: v.picklist(forges),
    baseUrl: v.optional(v.pipe(v.string(), v.maxLength(1000))),
    token: v.optional(v.pipe(v.string(), v.regex(/^[!-~]{8,500}$/, 'must be 8 to 500 printable ASCII characters'))),
    status: v.optional(v.boolean(), true),
    sarif: v.optional(v.boolean(), false),
    severityFloor: v.optional(Severity, 'high'),
  }),
  v.title('NewTriggerAnswer'),
)
export type AnswerInput = v.InferOutput<typeof AnswerInput>

type Kept = Pick<TriggerChange, 'answer' | 'tokenSealed'>
type Owner = { id: string; kind: TriggerKind }

/**
 * The answer that a trigger is to have, its token sealed. A token goes only where it was given for: another forge or address
 * needs it again.
 */
export async function settleAnswer(
  deps: Deps,
  trigger: Owner,
  input: AnswerInput | undefined,
  before: Kept = { answer: null, tokenSealed: null },
): Promise<Kept> {
  if (input === undefined) return { answer: null, tokenSealed: null }
  const { token, ...rest } = input
  judgeAnswer(trigger.kind, rest)
  const url = receiverUrl(deps, rest.baseUrl ?? forgeUrls[rest.kind], '/answer/baseUrl').replace(/\/+$/, '')
  if (url.includes('?')) throw refused('/answer/baseUrl', 'query', 'must not have a query')
  const answer: TriggerAnswer = { ...rest, baseUrl: url }
  if (token !== undefined) return { answer, tokenSealed: await sealerOf(deps).seal(token, tokenPlace(trigger.id)) }
  const same = before.answer?.kind === answer.kind && before.answer.baseUrl === answer.baseUrl
  if (!same || before.tokenSealed === null)
    throw refused('/answer/token', 'required', 'is missing: another forge or address needs it')
  return { answer, tokenSealed: before.tokenSealed }
}

function judgeAnswer(kind: TriggerKind, { kind: forge, status, sarif }: AnswerInput): void {
  if ((kind === 'github' || kind === 'gitlab') && kind !== forge)
    throw refused('/answer/kind', 'one-of', `must be ${kind}, whose deliveries these are`)
  if (sarif && forge === 'gitlab')
    throw refused('/answer/sarif', 'not-taken', 'GitLab takes reports only from its own jobs')
  if (!status && !sarif) throw refused('/answer/status', 'required', 'an answer is a status, SARIF or both')
}

const refused = (pointer: string, code: ProblemError['code'], message: string) =>
  invalidInput([{ in: 'body', pointer, code, message }])
