import {
  changeTrigger,
  deleteTrigger,
  findDelivery,
  getTrigger,
  insertTrigger,
  listTriggers,
  noteRefusal,
  rotateTriggerSecret,
} from '../../src/store/index.ts'
import { audit, more, newTrigger } from './home.ts'
import type { Reach } from './reached.ts'

const rotation = { version: 1, secretSealed: new Uint8Array(40), overlapSeconds: 60, idempotency: null }

/** The part of `reached` that speaks of triggers. */
export const reachedTriggers = {
  insertTrigger: {
    makes: true,
    ask: (sql, workspaceId, { triggerId }) =>
      insertTrigger(sql, workspaceId, { ...newTrigger(), id: triggerId }, more()),
    before: (sql, { triggerId }) => sql`delete from triggers where id = ${triggerId}`,
  },
  getTrigger: { ask: (sql, workspaceId, { triggerId }) => getTrigger(sql, workspaceId, triggerId) },
  listTriggers: { ask: (sql, workspaceId) => listTriggers(sql, workspaceId, { limit: 50, before: null }) },
  changeTrigger: {
    ask: (sql, workspaceId, { triggerId }) => changeTrigger(sql, workspaceId, triggerId, 1, newTrigger(), audit()),
  },
  rotateTriggerSecret: {
    ask: (sql, workspaceId, { triggerId }) => rotateTriggerSecret(sql, workspaceId, triggerId, rotation, audit()),
  },
  deleteTrigger: { ask: (sql, workspaceId, { triggerId }) => deleteTrigger(sql, workspaceId, triggerId, audit()) },
  findDelivery: {
    ask: (sql, workspaceId, { triggerId, triggerDelivery }) =>
      findDelivery(sql, workspaceId, { triggerId, deliveryId: triggerDelivery }),
  },
  noteRefusal: {
    ask: (sql, workspaceId, { triggerId }) =>
      noteRefusal(sql, workspaceId, triggerId, { auditId: audit().id, requestId: null, code: 'signature-invalid' }),
  },
} satisfies Record<string, Reach>
