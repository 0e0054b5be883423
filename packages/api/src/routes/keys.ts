import { parseId, problem } from '@assayer/schema'
import { getKey, listKeys, revokeKey, twice } from '@assayer/schema/store'
import { makeKey, rotateKey } from '../keys/make.ts'
import { auditOf } from '../request/act.ts'
import { readJson, readOptionalJson } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson, versionToDelete } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderKey } from '../render/key.ts'

/** `POST /v1/keys`: the answer has the secret, once. */
export async function createKey(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/keys', body)
  return await firstAnswerCounts(call, idempotency, () => makeKey(call, body, idempotency))
}

/** `GET /v1/keys`: those that are not revoked. */
export async function listAllKeys({ deps, c, actor }: Call): Promise<Answer> {
  const { page } = readListQuery(c.req.url, 'keys', {})
  const { limit, before } = page
  const rows = await listKeys(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('keys', rows, limit, ({ id }) => id, renderKey),
  )
}

/** `GET /v1/keys/{id}` */
export async function showKey({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const row = await getKey(deps.sql, actor.workspaceId, keyIdOf(c.req.param('id')))
  if (row === null) throw problem('key-not-found')
  return await taggedJson(c.req.header('If-None-Match'), 1, renderKey(row))
}

/** `POST /v1/keys/{id}/rotate`: 201 with a new key; the old one expires after the overlap. */
export async function rotate(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const id = keyIdOf(call.c.req.param('id'))
  const body = (await readOptionalJson(call.c)) ?? {}
  await refuseOwn(call, id)
  const idempotency = await readIdempotency(call, `POST /v1/keys/${id}/rotate`, body)
  return await firstAnswerCounts(call, idempotency, () => rotateKey(call, id, body, idempotency))
}

/** `DELETE /v1/keys/{id}`: every process refuses the key from then on. Not sent again when its reply is lost. */
export async function removeKey(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = keyIdOf(c.req.param('id'))
  await refuseOwn(call, id)
  if ((await twice(() => getKey(deps.sql, actor.workspaceId, id))) === null) throw problem('key-not-found')
  versionToDelete(c.req.header('If-Match'), 1)
  if (!(await revokeKey(deps.sql, actor.workspaceId, id, auditOf(call)))) throw problem('key-not-found')
  return { status: 204, body: null, headers: {} }
}

/** Whoever asks must not lock itself out, and the bootstrap key is not ours to end. */
async function refuseOwn({ deps, actor }: Call, id: string): Promise<void> {
  const bootstrap = deps.bootstrapKey?.id === id && actor.workspaceId === (await deps.defaultWorkspace())
  if (bootstrap) throw problem('key-is-bootstrap')
  if (actor.createdBy.id === id) throw problem('key-is-own')
}

function keyIdOf(text: string | undefined): string {
  const id = parseId('key', text ?? '')
  if (id === null) throw problem('key-not-found')
  return id
}
