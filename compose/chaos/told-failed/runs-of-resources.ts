import { newId } from '@assayer/schema'
import {
  changeProfile,
  changeTarget,
  deleteProfile,
  deleteTarget,
  insertProfile,
  insertTarget,
} from '@assayer/schema/store'
import { actor, audit, idempotency } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const target = () => ({ id: newId(), name: 'a target', address: 'https://a.example', labels: {}, createdBy: actor })
const more = () => ({ auditId: newId(), requestId: null, idempotency: idempotency() })

async function existingTarget({ sql, workspaceId }: Fixture): Promise<string> {
  const made = target()
  await insertTarget(sql, workspaceId, made, more())
  return made.id
}

const profile = () => ({ id: newId(), name: newId(), templates: null, limits: { retries: 0 }, createdBy: actor })

async function existingProfile({ sql, workspaceId }: Fixture): Promise<string> {
  const made = profile()
  await insertProfile(sql, workspaceId, made, more())
  return made.id
}

export const runsOfResources: Record<string, Run> = {
  insertProfile: {
    async prepare({ workspaceId }) {
      const [made, rest] = [profile(), more()]
      return (sql) => insertProfile(sql, workspaceId, made, rest)
    },
  },
  changeProfile: {
    async prepare(fixture) {
      const [id, by] = [await existingProfile(fixture), audit()]
      const change = { name: newId(), templates: null, limits: { retries: 2 } }
      return (sql) => changeProfile(sql, fixture.workspaceId, id, 1, change, by)
    },
  },
  deleteProfile: {
    async prepare(fixture) {
      const [id, by] = [await existingProfile(fixture), audit()]
      return (sql) => deleteProfile(sql, fixture.workspaceId, id, by)
    },
  },
  insertTarget: {
    async prepare({ workspaceId }) {
      const [made, rest] = [target(), more()]
      return (sql) => insertTarget(sql, workspaceId, made, rest)
    },
  },
  changeTarget: {
    async prepare(fixture) {
      const [id, by] = [await existingTarget(fixture), audit()]
      const change = { name: 'another', address: 'https://b.example', labels: { team: 'web' } }
      return (sql) => changeTarget(sql, fixture.workspaceId, id, 1, change, by)
    },
  },
  deleteTarget: {
    async prepare(fixture) {
      const [id, by] = [await existingTarget(fixture), audit()]
      return (sql) => deleteTarget(sql, fixture.workspaceId, id, by)
    },
  },
}
