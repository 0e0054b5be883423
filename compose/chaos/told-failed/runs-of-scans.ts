import { newId } from '@assayer/schema'
import {
  acceptScan,
  acceptScans,
  cancelWaitingShards,
  changeScan,
  deleteScans,
  endLateShards,
  expireScans,
  finishShard,
  holdWaitingShards,
  queueHeldShards,
  removeAged,
  removeDeleted,
  requestCancel,
  requestPause,
  requestResume,
  settleScan,
  spreadPriority,
} from '@assayer/schema/store'
import { endOf, testOrder } from '../../../packages/schema/test/testing.ts'
import { actor, audit, claimed, idempotency, order } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

/** A scan whose only shard has ended, settled or not. */
async function ended(fixture: Fixture, settled: boolean): Promise<string> {
  const { key } = await claimed(fixture)
  await finishShard(fixture.sql, key, endOf([0]))
  if (settled) await settleScan(fixture.sql, fixture.workspaceId, key.scanId)
  return key.scanId
}

export const runsOfScans: Record<string, Run> = {
  acceptScan: {
    async prepare({ workspaceId }) {
      const scan = testOrder(workspaceId, 3, { idempotency: idempotency() })
      return (sql) => acceptScan(sql, workspaceId, scan)
    },
  },
  acceptScans: {
    async prepare({ workspaceId }) {
      const scans = [testOrder(workspaceId, 2, { idempotency: idempotency() }), testOrder(workspaceId, 1)]
      return (sql) => acceptScans(sql, workspaceId, scans)
    },
  },
  requestCancel: {
    async prepare(fixture) {
      const [id, by] = [await order(fixture), audit()]
      return (sql) => requestCancel(sql, fixture.workspaceId, id, by)
    },
  },
  cancelWaitingShards: {
    async prepare(fixture) {
      const id = await order(fixture, 2)
      await requestCancel(fixture.sql, fixture.workspaceId, id, audit())
      return (sql) => cancelWaitingShards(sql, fixture.workspaceId, id)
    },
  },
  requestPause: {
    async prepare(fixture) {
      const [id, by] = [await order(fixture), audit()]
      return (sql) => requestPause(sql, fixture.workspaceId, id, by)
    },
  },
  holdWaitingShards: {
    async prepare(fixture) {
      const id = await order(fixture, 2)
      await requestPause(fixture.sql, fixture.workspaceId, id, audit())
      return (sql) => holdWaitingShards(sql, fixture.workspaceId, id)
    },
  },
  requestResume: {
    async prepare(fixture) {
      const [id, by] = [await order(fixture), audit()]
      await requestPause(fixture.sql, fixture.workspaceId, id, audit())
      return (sql) => requestResume(sql, fixture.workspaceId, id, by)
    },
  },
  queueHeldShards: {
    async prepare(fixture) {
      const id = await order(fixture, 2)
      await requestPause(fixture.sql, fixture.workspaceId, id, audit())
      await holdWaitingShards(fixture.sql, fixture.workspaceId, id)
      await requestResume(fixture.sql, fixture.workspaceId, id, audit())
      return (sql) => queueHeldShards(sql, fixture.workspaceId, id)
    },
  },
  settleScan: {
    async prepare(fixture) {
      const id = await ended(fixture, false)
      return (sql) => settleScan(sql, fixture.workspaceId, id)
    },
  },
  changeScan: {
    async prepare(fixture) {
      const [id, by] = [await order(fixture), audit()]
      return (sql) => changeScan(sql, fixture.workspaceId, id, 1, { labels: { team: 'web' }, priority: 9 }, by)
    },
  },
  spreadPriority: {
    async prepare(fixture) {
      const id = await order(fixture, 2)
      await changeScan(fixture.sql, fixture.workspaceId, id, 1, { labels: {}, priority: 9 }, audit())
      return (sql) => spreadPriority(sql, fixture.workspaceId, id)
    },
  },
  expireScans: {
    async prepare(fixture) {
      const id = await ended(fixture, true)
      await fixture.sql`update scans set finished_at = now() - interval '2 days' where id = ${id}`
      return (sql) => expireScans(sql, 1)
    },
  },
  removeAged: {
    async prepare({ sql }) {
      await sql`update audit_events set created_at = now() - interval '2 days'`
      return (sql) => removeAged(sql, 'audit_events', 1)
    },
  },
  endLateShards: {
    statement: 2,
    async prepare(fixture) {
      const id = await order(fixture, 2)
      await fixture.sql`update scan_orders set limits = limits || '{"deadlineSeconds": 60}' where scan_id = ${id}`
      await fixture.sql`update scans set created_at = now() - interval '1 hour' where id = ${id}`
      return (sql) => endLateShards(sql)
    },
  },
  deleteScans: {
    async prepare(fixture) {
      const scans = [{ id: await ended(fixture, true), auditId: newId() }]
      return (sql) => deleteScans(sql, fixture.workspaceId, scans, { actor, requestId: null })
    },
  },
  removeDeleted: {
    statement: 3,
    async prepare(fixture) {
      const id = await ended(fixture, true)
      await deleteScans(fixture.sql, fixture.workspaceId, [{ id, auditId: newId() }], { actor, requestId: null })
      return (sql) => removeDeleted(sql)
    },
    async afterwards({ sql }) {
      while ((await removeDeleted(sql)) > 0);
      const left = await sql`select from scans union all select from shards`
      return left.length === 0 ? [] : ['what was deleted is not gone']
    },
  },
}
