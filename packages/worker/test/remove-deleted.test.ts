import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelWaitingShards, deleteScans, requestCancel, settleScan } from '@assayer/schema/store'
import { newId } from '@assayer/schema'
import { installTestBundle, orderScan, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { removeDeletedScans } from '../src/duties/remove-deleted.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())

test('the rows of a deleted scan go, those of others and the audit trail stay', async () => {
  const { sql, workspaceId } = db
  const [gone, kept] = [await orderScan(sql, workspaceId, 3), await orderScan(sql, workspaceId)]
  const actor = { kind: 'key' as const, id: newId() }
  await requestCancel(sql, workspaceId, gone, { id: newId(), actor, requestId: null })
  await cancelWaitingShards(sql, workspaceId, gone)
  await settleScan(sql, workspaceId, gone)
  await deleteScans(sql, workspaceId, [{ id: gone, auditId: newId() }], { actor, requestId: null })
  await removeDeletedScans(sql, new AbortController().signal)
  const left = await sql`select id from scans`
  expect(left.map(({ id }) => id as string)).toEqual([kept])
  expect(await sql`select 1 from shards where scan_id = ${gone}`).toHaveLength(0)
  expect(await sql`select 1 from audit_events where subject = ${gone}`).not.toHaveLength(0)
})
