import { getAuditEvent, listAuditEvents } from '../../src/store/index.ts'
import type { Reach } from './reached.ts'

const none = { actions: [], actorIds: [], subjects: [], createdAfter: null, createdBefore: null }

export const reachedAudit = {
  getAuditEvent: { ask: (sql, workspaceId, { auditEventId }) => getAuditEvent(sql, workspaceId, auditEventId) },
  listAuditEvents: {
    ask: (sql, workspaceId) => listAuditEvents(sql, workspaceId, { ...none, before: null, limit: 50 }),
  },
} satisfies Record<string, Reach>
