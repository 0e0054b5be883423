import { Problem, problem, problems } from '@assayer/schema'
import { answerAct, keptAnswer, twice } from '@assayer/schema/store'
import type { ActKey, KeptAnswer } from '@assayer/schema/store'
import type { Answer, Call } from './call.ts'
import { json } from './call.ts'

/** An idempotency key and what it is bound to beside the workspace: route and parsed body. */
export type Idempotency = { key: string; fingerprint: Uint8Array }

/** The key that `Idempotency-Key` carries; `"k"` and `k` are one. Null without the header. */
function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  const key = /^"(.*)"$/s.exec(header)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? header
  if (/^[!-~]{1,255}$/.test(key)) return key
  throw problem('malformed-request', { detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters' })
}

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
  return answerFrom(kept, fingerprint, ownId)
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
    return answerFrom(kept, idempotency.fingerprint, null)
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
    const { status, value } = await answer(begun)
    return json(status, value)
  }
  const { sql } = call.deps
  const { workspaceId } = call.actor
  const read = () => twice(() => keptAnswer(sql, workspaceId, idempotency.key))
  return await firstAnswerCounts(call, idempotency, async () => {
    await act(idempotency)
    const kept = await read()
    if (kept === null) throw await refused()
    if (kept.answer !== null || !isOf(kept, idempotency.fingerprint))
      return answerFrom(kept, idempotency.fingerprint, null)
    const { status, value } = await answer(kept.location ?? '')
    if (await twice(() => answerAct(sql, workspaceId, idempotency, status, value))) return json(status, value)
    return await replay(call, idempotency, '')
  })
}

export type Act = {
  act(key: ActKey): Promise<string | null>
  answer(begun: string): Promise<{ status: number; value: Record<string, unknown> }>
  refused(): Promise<Error>
}

const isOf = (kept: KeptAnswer, fingerprint: Uint8Array): boolean =>
  kept.fingerprint.every((byte, at) => byte === fingerprint[at])

function answerFrom(kept: KeptAnswer, fingerprint: Uint8Array, ownId: string | null): Answer {
  if (!isOf(kept, fingerprint)) throw problem('idempotency-key-reused')
  if (kept.answer === null) throw problem('idempotency-in-progress', { headers: { 'Retry-After': '1' } })
  return json(kept.status, kept.answer, {
    ...(kept.location === null ? {} : { Location: kept.location }),
    ...(kept.answer['id'] === ownId ? {} : { 'Idempotency-Replayed': 'true' }),
  })
}

/** One text for all spellings of a JSON value: keys sorted, no white space. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
