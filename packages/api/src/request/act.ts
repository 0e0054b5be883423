import { newId } from '@assayer/schema'
import type { CreatedBy } from '@assayer/schema'
import type { Context } from 'hono'
import * as v from 'valibot'
import { readOptionalJson } from './body.ts'
import type { Call } from './call.ts'
import { readIdempotency } from './idempotency.ts'
import type { Idempotency } from './idempotency.ts'
import { refuseQuery } from './query.ts'
import { validate } from './validate.ts'

/** Who did what is told of, in the same statement as the act. */
export type Audit = { id: string; actor: CreatedBy; requestId: string; client: string | null }

/** A fresh audit event of this request. */
export const auditOf = ({ c, actor, requestId }: Call): Audit => ({
  id: newId(),
  actor: actor.createdBy,
  requestId,
  client: clientOf(c),
})

/** The address that a request came from; null where the runtime does not say. */
export const clientOf = (c: Context): string | null => (c.env as { address?: string } | undefined)?.address || null

/** Reads a POST that asks for an act and has nothing to say about it: no query, no fields; gives its idempotency key. */
export async function readAct(call: Call): Promise<Idempotency | null> {
  const { c } = call
  refuseQuery(c.req.url)
  const idempotency = await readIdempotency(call, `POST ${c.req.path}`, {})
  await refuseFields(c)
  return idempotency
}

/** Reads the body of a POST that has nothing to say in one: none, or an object without fields. */
export async function refuseFields(c: Context): Promise<void> {
  const body = await readOptionalJson(c)
  if (body !== undefined) validate(v.strictObject({}), body)
}
