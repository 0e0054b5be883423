import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { changeScan, getScan, spreadPriority } from '../src/store/index.ts'
import { hold, waitingForLocks } from './store-fixture.ts'
import { orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })
const change = (scanId: string, version: number, priority: number, workspaceId = db.workspaceId) =>
  changeScan(db.sql, workspaceId, scanId, version, { labels: { team: 'web' }, priority }, audit())
const priorities = async (scanId: string) =>
  (await db.sql`select priority from shards where scan_id = ${scanId}`).map((row) => row['priority'] as number)

test('a change is written for the version it was made from, in its workspace, with its audit event', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 2)
  expect(await change(scanId, 1, 9, newId())).toBe(false)
  expect([await change(scanId, 1, 9), await change(scanId, 1, 3)]).toEqual([true, false])
  expect(await getScan(sql, workspaceId, scanId)).toMatchObject({ priority: 9, version: 2, labels: { team: 'web' } })
  const audits = await sql`select detail from audit_events where action = 'scan.changed' and subject = ${scanId}`
  expect(audits).toEqual([{ detail: { labels: { team: 'web' }, priority: 9 } }])
  await spreadPriority(sql, newId(), scanId)
  expect(await priorities(scanId)).toEqual([5, 5])
  await spreadPriority(sql, workspaceId, scanId)
  expect(await priorities(scanId)).toEqual([9, 9])
})

test('a priority that waits for a later change spreads the later one', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 2)
  await change(scanId, 1, 9)
  const later = await hold(db.url)
  await later.sql`update scans set priority = 2 where id = ${scanId}`
  const spread = spreadPriority(sql, workspaceId, scanId)
  await waitingForLocks(sql)
  await later.commit()
  await spread
  expect(await priorities(scanId)).toEqual([2, 2])
})
