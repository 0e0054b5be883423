import { formatId, newId, parseId, problem } from '@assayer/schema'
import { deleteScans as markDeleted, getScan, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import { versionToDelete } from '../request/etag.ts'
import { readJson } from '../request/body.ts'
import type { Answer, Call } from '../request/call.ts'
import { actOnce, readIdempotency } from '../request/idempotency.ts'
import { refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { named, openWord } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

/** The body of `POST /v1/scans/delete`. */
export const ScansToDelete = v.pipe(
  v.strictObject({
    ids: v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(100))),
      v.minLength(1, 'needs an id'),
      v.maxLength(200, 'at most 200 ids'),
    ),
  }),
  v.title('ScansToDelete'),
)

/** What came of each id, in the order given. */
export const DeletedScans = named(
  'DeletedScans',
  v.object({
    data: v.array(v.object({ id: v.string(), outcome: openWord('deleted', 'scan-not-found', 'scan-not-finished') })),
  }),
)

/** `DELETE /v1/scans/{id}`, once it has ended. Not sent again when its reply is lost: the second answer would be 404. */
export async function deleteScan({ deps, c, actor, requestId }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const id = scanIdOf(c.req.param('id'))
  const audit = { actor: actor.createdBy, requestId, client: clientOf(c) }
  const row = await twice(() => getScan(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('scan-not-found')
  const version = versionToDelete(c.req.header('If-Match'), row.version)
  const [done] = await markDeleted(deps.sql, actor.workspaceId, [{ id, auditId: newId(), version }], audit)
  if (done === undefined || done.outcome === 'scan-not-found') throw problem('scan-not-found')
  if (done.outcome === 'scan-not-finished') throw problem('scan-not-finished')
  if (!done.fresh) throw problem(version === null ? 'scan-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

/**
 * `POST /v1/scans/delete`: 200 with what came of each id, in the order given. An id deleted before is told as deleted while its
 * rows are still being removed, so that the request can be repeated.
 */
export async function deleteScans(call: Call): Promise<Answer> {
  const { deps, c, actor, requestId } = call
  refuseQuery(c.req.url)
  const body = await readJson(c)
  const texts = [...new Set(validate(ScansToDelete, body).ids)]
  const idempotency = await readIdempotency(call, 'POST /v1/scans/delete', body)
  const known = texts.flatMap((text) => {
    const id = parseId('scan', text)
    return id === null ? [] : [{ id, auditId: newId() }]
  })
  const audit = { actor: actor.createdBy, requestId, client: clientOf(c) }
  return await actOnce(call, idempotency, {
    act: async (key) => {
      const done = await twice(() => markDeleted(deps.sql, actor.workspaceId, known, audit, key))
      return JSON.stringify(Object.fromEntries(done.map(({ id, outcome }) => [id, outcome])))
    },
    answer: async (begun) => {
      const outcomes = new Map(
        Object.entries(JSON.parse(begun) as Record<string, string>).map(([id, what]) => [formatId('scan', id), what]),
      )
      const data = texts.map((id) => ({ id, outcome: outcomes.get(id) ?? 'scan-not-found' }))
      return { status: 200, value: { data } }
    },
    refused: async () => new Error('a request to delete scans was not kept'),
  })
}
