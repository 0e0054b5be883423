import { idOf } from '@assayer/schema/render'
import { AuditEvent } from '../render/audit-event.ts'
import { auditFilters } from '../routes/audit-events.ts'
import { pageOf, single } from './answers.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

export const auditEvents = {
  'GET /v1/audit-events': {
    id: 'listAuditEvents',
    summary: 'List the audit trail',
    about: 'Who did what. Events outlive what they tell of.',
    list: 'audit-events',
    query: queryOf(auditFilters, {
      action: 'Only this action, as `scan.ordered`; any of them when repeated.',
      actor: 'Only by this key, trigger or schedule; any of them when repeated.',
      subject: 'Only what was done to this id; any of them when repeated.',
      createdAfter: 'Only after this time.',
      createdBefore: 'Only before this time.',
    }),
    links: ['getAuditEvent'],
    answers: { 200: pageOf(AuditEvent) },
  },
  'GET /v1/audit-events/:id': {
    id: 'getAuditEvent',
    summary: 'Get an audit event',
    path: { id: idOf('audit-event') },
    headers: ['If-None-Match'],
    answers: single(AuditEvent),
    problems: ['audit-event-not-found'],
  },
} satisfies Record<string, Operation>
