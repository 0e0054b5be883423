import { parseId, problem } from '@assayer/schema'
import { deleteCustomTemplate, getCustomTemplate, listCustomTemplates, twice } from '@assayer/schema/store'
import { changeOwnTemplate } from '../custom-templates/change.ts'
import { makeCustomTemplate } from '../custom-templates/make.ts'
import { auditOf } from '../request/act.ts'
import { readJson, readPatch } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson, versionToDelete } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderCustomTemplate, renderWithSource } from '../render/custom-template.ts'

/** `POST /v1/custom-templates` */
export async function createCustomTemplate(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/custom-templates', body)
  return await firstAnswerCounts(call, idempotency, () => makeCustomTemplate(call, body, idempotency))
}

/** `GET /v1/custom-templates` */
export async function listOwnTemplates({ deps, c, actor }: Call): Promise<Answer> {
  const { page } = readListQuery(c.req.url, 'custom-templates', {})
  const { limit, before } = page
  const rows = await listCustomTemplates(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('custom-templates', rows, limit, ({ id }) => id, renderCustomTemplate),
  )
}

/** `GET /v1/custom-templates/{id}` */
export async function showCustomTemplate({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const row = await getCustomTemplate(deps.sql, actor.workspaceId, templateIdOf(c.req.param('id')))
  if (row === null) throw problem('custom-template-not-found')
  return await taggedJson(c.req.header('If-None-Match'), row.version, renderWithSource(row))
}

/** `PATCH /v1/custom-templates/{id}` */
export async function changeTemplate(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const id = templateIdOf(call.c.req.param('id'))
  return await changeOwnTemplate(call, id, await readPatch(call.c))
}

/** `DELETE /v1/custom-templates/{id}`. Not sent again when its reply is lost: the second answer would be 404. */
export async function removeCustomTemplate(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = templateIdOf(c.req.param('id'))
  const row = await twice(() => getCustomTemplate(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('custom-template-not-found')
  const version = versionToDelete(c.req.header('If-Match'), row.version)
  const gone = await deleteCustomTemplate(deps.sql, actor.workspaceId, id, version, auditOf(call))
  if (!gone) throw problem(version === null ? 'custom-template-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

function templateIdOf(text: string | undefined): string {
  const id = parseId('custom-template', text ?? '')
  if (id === null) throw problem('custom-template-not-found')
  return id
}
