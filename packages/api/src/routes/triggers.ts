import { parseId, problem } from '@assayer/schema'
import {
  changeTrigger as writeChange,
  deleteTrigger,
  getTrigger,
  listTriggers as readTriggers,
  twice,
} from '@assayer/schema/store'
import type { TriggerRow } from '@assayer/schema/store'
import { renderTrigger } from '../render/trigger.ts'
import { auditOf } from '../request/act.ts'
import { readJson, readOptionalJson, readPatch } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { mayChange, taggedJson, versionToDelete } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { settleAnswer } from '../triggers/answer.ts'
import { judgeTrigger, TriggerChanged, TriggerPatch } from '../triggers/input.ts'
import { makeTrigger, rotateSecretOf, taken } from '../triggers/make-trigger.ts'
import { mergePatch } from '../triggers/merge-patch.ts'

const mostTries = 5

/** `POST /v1/triggers`: the answer has the secret, once. */
export async function createTrigger(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/triggers', body)
  return await firstAnswerCounts(call, idempotency, () => makeTrigger(call, body, idempotency))
}

/** `GET /v1/triggers` */
export async function listTriggers({ deps, c, actor }: Call): Promise<Answer> {
  const { limit, before } = readListQuery(c.req.url, 'triggers', {}).page
  const rows = await readTriggers(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('triggers', rows, limit, ({ id }) => id, renderTrigger),
  )
}

/** `GET /v1/triggers/{id}` */
export async function showTrigger(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const row = await read(call)
  return await taggedJson(call.c.req.header('If-None-Match'), row.version, renderTrigger(row))
}

/** `PATCH /v1/triggers/{id}`: read and merged anew when it changed meanwhile, unless `If-Match` asked for what it was. */
export async function changeTrigger(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  triggerIdOf(c.req.param('id'))
  const body = await readPatch(c)
  const patch = validate(TriggerPatch, body)
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await read(call)
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    const { name, events, filters, order, enabled } = row
    const before = { name, events, filters, order, enabled, ...(row.answer === null ? {} : { answer: row.answer }) }
    const { answer, ...merged } = validate(TriggerChanged, mergePatch(before, patch))
    judgeTrigger(row.kind, merged)
    const change = { ...merged, ...(await settleAnswer(deps, row, answer, row)) }
    const changed = await writeChange(deps.sql, actor.workspaceId, row.id, row.version, change, auditOf(call))
    if (changed === 'taken') throw taken()
    if (!changed) continue
    const now = await read(call)
    return await taggedJson(undefined, now.version, renderTrigger(now))
  }
  throw problem('overloaded', {
    detail: 'The trigger changes too fast: send it again',
    headers: { 'Retry-After': '1' },
  })
}

/** `DELETE /v1/triggers/{id}`: its scans stay. Not sent again when its reply is lost. */
export async function removeTrigger(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = triggerIdOf(c.req.param('id'))
  const version = versionToDelete(c.req.header('If-Match'), (await read(call)).version)
  const gone = await deleteTrigger(deps.sql, actor.workspaceId, id, auditOf(call), version)
  if (!gone) throw problem(version === null ? 'trigger-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

/** `POST /v1/triggers/{id}/rotate-secret`: 201 with the new secret; the old one counts beside it for a while. */
export async function rotateSecretOfTrigger(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const id = triggerIdOf(call.c.req.param('id'))
  const body = (await readOptionalJson(call.c)) ?? {}
  const idempotency = await readIdempotency(call, `POST /v1/triggers/${id}/rotate-secret`, body)
  return await firstAnswerCounts(call, idempotency, () => rotateSecretOf(call, id, body, idempotency))
}

async function read({ deps, c, actor }: Call): Promise<TriggerRow> {
  const id = triggerIdOf(c.req.param('id'))
  const row = await twice(() => getTrigger(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('trigger-not-found')
  return row
}

function triggerIdOf(text: string | undefined): string {
  const id = parseId('trigger', text ?? '')
  if (id === null) throw problem('trigger-not-found')
  return id
}
