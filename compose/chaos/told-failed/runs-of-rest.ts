import { newId } from '@assayer/schema'
import {
  answerAct,
  beat,
  deleteScopeRule,
  ensureWorkspace,
  insertKey,
  insertScopeRule,
  installBundle,
  registerWorker,
  removeReplaced,
  requestPause,
  revokeKey,
  touchKey,
  unregisterWorker,
} from '@assayer/schema/store'
import { testBundle } from '../../../packages/schema/test/testing.ts'
import { actor, audit, idempotency, order } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const key = () => ({
  ...{ id: newId(), name: 'a key', permissions: ['scans:read'], expiresAt: null },
  ...{ secretHash: new Uint8Array(32), createdBy: actor, replaces: null },
})
const more = () => ({ auditId: newId(), requestId: null, idempotency: idempotency() })
const rule = () => ({
  ...{ id: newId(), effect: 'allow' as const, pattern: 'a.example', note: 'a note', createdBy: actor, expiresAt: null },
})
const worker = () => ({ id: newId(), version: '1', nucleiVersion: '3.11.1', bundleDigest: null, slots: 2 })
const template = {
  ...{
    id: 'another',
    name: 'Another',
    severity: 'low',
    protocol: 'http',
    tags: [],
    requests: 1,
    origin: 'starter' as const,
  },
}

async function existingKey({ sql, workspaceId }: Fixture): Promise<string> {
  const made = key()
  await insertKey(sql, workspaceId, made, more())
  return made.id
}

export const runsOfRest: Record<string, Run> = {
  ensureWorkspace: {
    async prepare() {
      const [name, id] = [newId(), newId()]
      return (sql) => ensureWorkspace(sql, name, id)
    },
  },
  insertKey: {
    async prepare(fixture) {
      const made = { ...key(), replaces: { id: await existingKey(fixture), overlapSeconds: 60 } }
      const rest = more()
      return (sql) => insertKey(sql, fixture.workspaceId, made, rest)
    },
  },
  touchKey: {
    async prepare(fixture) {
      const id = await existingKey(fixture)
      return (sql) => touchKey(sql, fixture.workspaceId, id)
    },
  },
  answerAct: {
    async prepare(fixture) {
      const [id, act] = [await order(fixture), idempotency()]
      await requestPause(fixture.sql, fixture.workspaceId, id, audit(), act)
      return (sql) => answerAct(sql, fixture.workspaceId, act, 202, { id })
    },
  },
  revokeKey: {
    async prepare(fixture) {
      const [id, by] = [await existingKey(fixture), audit()]
      return (sql) => revokeKey(sql, fixture.workspaceId, id, by)
    },
  },
  insertScopeRule: {
    async prepare({ workspaceId }) {
      const [made, rest] = [rule(), more()]
      return (sql) => insertScopeRule(sql, workspaceId, made, rest)
    },
  },
  deleteScopeRule: {
    async prepare({ sql, workspaceId }) {
      const [made, by] = [rule(), audit()]
      await insertScopeRule(sql, workspaceId, made, more())
      return (sql) => deleteScopeRule(sql, workspaceId, made.id, by)
    },
  },
  installBundle: {
    // The one that makes it current: those before it are sent again as a whole.
    statement: 4,
    async prepare() {
      const bundle = { ...testBundle, digest: `sha256:${newId()}` }
      return (sql) => installBundle(sql, bundle, [template])
    },
  },
  removeReplaced: {
    async prepare({ sql }) {
      await installBundle(sql, { ...testBundle, digest: `sha256:${newId()}` }, [template])
      await sql`update bundles set activated_at = now() - interval '30 days'`
      await installBundle(sql, { ...testBundle, digest: `sha256:${newId()}` }, [template])
      return (sql) => removeReplaced(sql)
    },
  },
  registerWorker: {
    async prepare() {
      const row = worker()
      return (sql) => registerWorker(sql, row)
    },
  },
  beat: {
    async prepare({ sql }) {
      const row = worker()
      await registerWorker(sql, row)
      return (sql) => beat(sql, row.id, '1234', true, { bytes: 1, limitBytes: null })
    },
  },
  unregisterWorker: {
    async prepare({ sql }) {
      const row = worker()
      await registerWorker(sql, row)
      return (sql) => unregisterWorker(sql, row.id)
    },
  },
}
