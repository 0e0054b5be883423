import { idPrefixes, parseId, problem } from '@assayer/schema'
import type { IdKind } from '@assayer/schema'
import { getAuditEvent, listAuditEvents as readAuditEvents } from '@assayer/schema/store'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson } from '../request/etag.ts'
import { time } from '../request/filters.ts'
import type { Filter } from '../request/filters.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderAuditEvent } from '../render/audit-event.ts'

const action: Filter<string> = {
  most: 20,
  code: 'action',
  message: 'must be the name of an action, as scan.ordered is',
  schema: { type: 'string', pattern: '^[a-z-]{1,50}[.][a-z-]{1,50}$' },
  read: (text) => (/^[a-z-]{1,50}[.][a-z-]{1,50}$/.test(text) ? text : undefined),
}

/** An id of one of these kinds. */
const idAmong = (kinds: readonly IdKind[]): Filter<string> => ({
  most: 20,
  code: 'id',
  message: `must be an id that begins with ${kinds.map((kind) => `${idPrefixes[kind]}_`).join(', ')}`,
  schema: {
    type: 'string',
    pattern: `^(${kinds.map((kind) => idPrefixes[kind]).join('|')})_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
  },
  read: (text) => kinds.map((kind) => parseId(kind, text)).find((id) => id !== null) ?? undefined,
})

/** What the audit trail can be narrowed by. */
export const auditFilters = {
  action,
  actor: idAmong(['key', 'trigger', 'schedule']),
  subject: idAmong(Object.keys(idPrefixes) as IdKind[]),
  createdAfter: time,
  createdBefore: time,
}

/** `GET /v1/audit-events` */
export async function listAuditEvents({ deps, c, actor }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'audit-events', auditFilters)
  const { limit, before } = page
  const rows = await readAuditEvents(deps.sql, actor.workspaceId, {
    actions: filters.action,
    actorIds: filters.actor,
    subjects: filters.subject,
    createdAfter: filters.createdAfter[0] ?? null,
    createdBefore: filters.createdBefore[0] ?? null,
    before,
    limit: limit + 1,
  })
  return json(
    200,
    pageOf('audit-events', rows, limit, ({ id }) => id, renderAuditEvent),
  )
}

/** `GET /v1/audit-events/{id}` */
export async function showAuditEvent({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const id = parseId('audit-event', c.req.param('id') ?? '')
  const row = id === null ? null : await getAuditEvent(deps.sql, actor.workspaceId, id)
  if (row === null) throw problem('audit-event-not-found')
  return await taggedJson(c.req.header('If-None-Match'), 1, renderAuditEvent(row))
}
