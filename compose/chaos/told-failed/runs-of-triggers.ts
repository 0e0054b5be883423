import { newId } from '@assayer/schema'
import { changeTrigger, deleteTrigger, insertTrigger, noteRefusal, rotateTriggerSecret } from '@assayer/schema/store'
import { newTrigger } from '../../../packages/schema/test/second-wall/home.ts'
import { audit, idempotency } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const more = () => ({ auditId: newId(), requestId: null, idempotency: idempotency() })

async function existing({ sql, workspaceId }: Fixture): Promise<string> {
  const made = newTrigger()
  await insertTrigger(sql, workspaceId, made, more())
  return made.id
}

export const runsOfTriggers: Record<string, Run> = {
  insertTrigger: {
    async prepare({ workspaceId }) {
      const [made, rest] = [newTrigger(), more()]
      return (sql) => insertTrigger(sql, workspaceId, made, rest)
    },
  },
  changeTrigger: {
    async prepare(fixture) {
      const [id, by] = [await existing(fixture), audit()]
      const change = { ...newTrigger(), name: 'another' }
      return (sql) => changeTrigger(sql, fixture.workspaceId, id, 1, change, by)
    },
  },
  rotateTriggerSecret: {
    async prepare(fixture) {
      const [id, by] = [await existing(fixture), audit()]
      const rotation = {
        ...{ version: 1, secretSealed: new Uint8Array(40), overlapSeconds: 60 },
        idempotency: idempotency(),
      }
      return (sql) => rotateTriggerSecret(sql, fixture.workspaceId, id, rotation, by)
    },
  },
  deleteTrigger: {
    async prepare(fixture) {
      const [id, by] = [await existing(fixture), audit()]
      return (sql) => deleteTrigger(sql, fixture.workspaceId, id, by)
    },
  },
  noteRefusal: {
    async prepare(fixture) {
      const id = await existing(fixture)
      const refusal = { auditId: newId(), requestId: null, code: 'signature-invalid' }
      return (sql) => noteRefusal(sql, fixture.workspaceId, id, refusal)
    },
  },
}
