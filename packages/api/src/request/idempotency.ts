import { Problem, problem, problems } from '@assayer/schema'
import { answerAct, keptAnswer, twice } from '@assayer/schema/store'
import type { ActKey, KeptAnswer } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import type { Answer, Call } from './call.ts'
import { json } from './call.ts'
import { canonical } from './canonical.ts'
import { shownJson } from './etag.ts'

/** An idempotency key and what it is bound to beside the workspace: route and parsed body. */
export type Idempotency = { key: string; fingerprint: Uint8Array }

/** The key that `Idempotency-Key` carries; `"k"` and `k` are one. Null without the header. */
function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  const key = /^"(.*)"$/s.exec(header)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? header
  if (/^[!-~]{1,255}$/.test(key)) return key
  const message = 'must be 1 to 255 visible ASCII characters'
  throw problem('malformed-request', { detail: `Idempotency-Key ${message}`, errors: [errorOf('regex', message)] })
}

const errorOf = (code: string, message: string) => ({ in: 'header', name: 'Idempotency-Key', code, message }) as const

/** Binds the request's key, if it has one, to its route and body. */
export async function readIdempotency(call: Call, route: string, body: unknown): Promise<Idempotency | null> {
  const key = readIdempotencyKey(call.c.req.header('Idempotency-Key'))
  if (key === null) return null
  return { key, fingerprint: await call.deps.sha256(`${route}\n${canonical(body)}`) }
}

/**
 * The answer kept under a key that was there already; `idempotency-key-reused` when it belongs to another request. `ownId`
 * is the id this request would have made: where the kept answer has it, a statement was sent twice and nothing replayed.
 */
export async function replay({ deps, actor }: Call, { key, fingerprint }: Idempotency, ownId: string): Promise<Answer> {
  const kept = await twice(() => keptAnswer(deps.sql, actor.workspaceId, key))
  if (kept === null) throw problem('idempotency-in-progress', { headers: { 'Retry-After': '1' } })
  return await answerFrom(deps, kept, fingerprint, ownId)
}

/**
 * What `make` answers. Where it refuses, the first answer under the key still counts: a retry gets it even when scope or
 * templates have changed since.
 */
export async function firstAnswerCounts(
  { deps, actor }: Call,
  idempotency: Idempotency | null,
  make: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await make()
  } catch (error) {
    if (idempotency === null || !(error instanceof Problem) || problems[error.code][0] === 403) throw error
    const kept = await twice(() => keptAnswer(deps.sql, actor.workspaceId, idempotency.key))
    if (kept === null || (kept.answer === null && isOf(kept, idempotency.fingerprint))) throw error
    return await answerFrom(deps, kept, idempotency.fingerprint, null)
  }
}

/**
 * An act on what is there, as a request with an idempotency key makes it: once. `act` is the statement that takes the key and
 * acts; it says what `answer` has to know of it, null when it did neither, which `refused` then explains. `answer` is made of
 * repeatable statements: whoever finds the key without an answer, as a process died between, makes it; the first one counts.
 */
export async function actOnce(
  call: Call,
  idempotency: Idempotency | null,
  { act, answer, refused }: Act,
): Promise<Answer> {
  if (idempotency === null) {
    const begun = await act(null)
    if (begun === null) throw await refused()
    return await shown(call, await answer(begun))
  }
  const { sql } = call.deps
  const { workspaceId } = call.actor
  const read = () => twice(() => keptAnswer(sql, workspaceId, idempotency.key))
  return await firstAnswerCounts(call, idempotency, async () => {
    await act(idempotency)
    const kept = await read()
    if (kept === null) throw await refused()
    if (kept.answer !== null || !isOf(kept, idempotency.fingerprint))
      return await answerFrom(call.deps, kept, idempotency.fingerprint, null)
    const made = await answer(kept.location ?? '')
    const { status, value } = made
    if (await twice(() => answerAct(sql, workspaceId, idempotency, status, value))) return await shown(call, made)
    return await replay(call, idempotency, '')
  })
}

/** What came of an act; with a `version` where it is the object that was acted on. */
type Outcome = { status: number; value: Record<string, unknown>; version?: number }

export type Act = {
  act(key: ActKey): Promise<string | null>
  answer(begun: string): Promise<Outcome>
  refused(): Promise<Error>
}

async function shown({ deps }: Call, { status, value, version }: Outcome): Promise<Answer> {
  return version === undefined ? json(status, value) : await shownJson(deps.sha256, { status, value, version })
}

const isOf = (kept: KeptAnswer, fingerprint: Uint8Array): boolean =>
  kept.fingerprint.every((byte, at) => byte === fingerprint[at])

const reused = () => problem('idempotency-key-reused', { errors: [errorOf('reused', 'stands for another request')] })

/** The first answer, with a tag where it is an object that was made: such a one had its first version. */
async function answerFrom(
  { sha256 }: Pick<Deps, 'sha256'>,
  kept: KeptAnswer,
  fingerprint: Uint8Array,
  ownId: string | null,
): Promise<Answer> {
  if (!isOf(kept, fingerprint)) throw reused()
  if (kept.answer === null) throw problem('idempotency-in-progress', { headers: { 'Retry-After': '1' } })
  const { status, location, answer: value } = kept
  const replayed: Record<string, string> = value['id'] === ownId ? {} : { 'Idempotency-Replayed': 'true' }
  if (location === null) return json(status, value, replayed)
  const headers = { Location: location, ...replayed }
  const wasMade = 'createdBy' in value
  return wasMade ? await shownJson(sha256, { status, version: 1, value, headers }) : json(status, value, headers)
}
