import { parseId, problem } from '@assayer/schema'
import { deleteScopeRule, getScopeRule, listScopeRules, twice } from '@assayer/schema/store'
import { auditOf } from '../request/act.ts'
import { readJson } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson, versionToDelete } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderScopeRule } from '../render/scope-rule.ts'
import { makeScopeRule } from '../scope-rules/make.ts'

/** `POST /v1/scope-rules` */
export async function createScopeRule(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/scope-rules', body)
  return await firstAnswerCounts(call, idempotency, () => makeScopeRule(call, body, idempotency))
}

/** `GET /v1/scope-rules` */
export async function listRules({ deps, c, actor }: Call): Promise<Answer> {
  const { page } = readListQuery(c.req.url, 'scope-rules', {})
  const { limit, before } = page
  const rows = await listScopeRules(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('scope-rules', rows, limit, ({ id }) => id, renderScopeRule),
  )
}

/** `GET /v1/scope-rules/{id}` */
export async function showScopeRule({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const row = await getScopeRule(deps.sql, actor.workspaceId, ruleIdOf(c.req.param('id')))
  if (row === null) throw problem('scope-rule-not-found')
  return await taggedJson(c.req.header('If-None-Match'), 1, renderScopeRule(row))
}

/** `DELETE /v1/scope-rules/{id}`. Not sent again when its reply is lost: the second answer would be 404. */
export async function removeScopeRule(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = ruleIdOf(c.req.param('id'))
  const row = await twice(() => getScopeRule(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('scope-rule-not-found')
  versionToDelete(c.req.header('If-Match'), 1)
  const gone = await deleteScopeRule(deps.sql, actor.workspaceId, id, auditOf(call))
  if (!gone) throw problem('scope-rule-not-found')
  return { status: 204, body: null, headers: {} }
}

function ruleIdOf(text: string | undefined): string {
  const id = parseId('scope-rule', text ?? '')
  if (id === null) throw problem('scope-rule-not-found')
  return id
}
