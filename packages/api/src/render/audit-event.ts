import { formatId } from '@assayer/schema'
import type { IdKind } from '@assayer/schema'
import { CreatedByShown, idOf, named, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import type { AuditEventRow } from '@assayer/schema/store'
import * as v from 'valibot'

/** Who did what, when. */
export const AuditEvent = named(
  'AuditEvent',
  v.object({
    id: idOf('audit-event'),
    action: v.pipe(v.string(), v.description('`<kind>.<what was done>`; open list.')),
    actor: CreatedByShown,
    subject: v.pipe(v.nullable(v.string()), v.description('The id of what it was done to, which may be gone.')),
    requestId: v.pipe(v.nullable(v.string()), v.description('The `X-Request-Id` of the request that did it.')),
    client: v.pipe(v.nullable(v.string()), v.description('The address that the request came from.')),
    detail: v.record(v.string(), v.unknown()),
    createdAt: Time,
  }),
)

/** What the subject of an action is, by its whole name or the word before the dot. */
const kinds: Partial<Record<string, IdKind>> = {
  scan: 'scan',
  'evidence.exported': 'scan',
  'evidence.read': 'finding',
  key: 'key',
  target: 'target',
  profile: 'profile',
  'scope-rule': 'scope-rule',
  'custom-template': 'custom-template',
  'webhook-endpoint': 'webhook-endpoint',
  'webhook-delivery': 'delivery',
  trigger: 'trigger',
}

/** An event as answers show it; of an action that is not known here the subject is its UUID. */
export function renderAuditEvent(row: AuditEventRow): v.InferOutput<typeof AuditEvent> {
  const { action, subject, detail } = row
  const kind = kinds[action] ?? kinds[action.split('.')[0] ?? '']
  const { replaces } = detail
  return {
    id: formatId('audit-event', row.id),
    action,
    actor: renderCreatedBy(row.actor),
    subject: subject === null || kind === undefined ? subject : formatId(kind, subject),
    requestId: row.requestId,
    client: row.client,
    detail: typeof replaces === 'string' ? { ...detail, replaces: formatId('key', replaces) } : detail,
    createdAt: timeOf(row.createdAt),
  }
}
