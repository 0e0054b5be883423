import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  claimShard,
  finishShard,
  getScan,
  holdWaitingShards,
  queueHeldShards,
  releaseShard,
  requestCancel,
  requestPause,
  requestResume,
  settleScan,
} from '../src/store/index.ts'
import { asWorker, endOf, installTestBundle, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())
const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })

async function pause(scanId: string): Promise<void> {
  await requestPause(db.sql, db.workspaceId, scanId, audit())
  await holdWaitingShards(db.sql, db.workspaceId, scanId)
  await settleScan(db.sql, db.workspaceId, scanId)
}
const state = async (scanId: string) => (await getScan(db.sql, db.workspaceId, scanId))?.state

test('a paused scan starts no shard, is paused once none runs, and goes on where it was', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 2)
  const first = await claimShard(sql, asWorker(newId()))
  await settleScan(sql, workspaceId, scanId)
  await pause(scanId)
  expect(await state(scanId)).toBe('running')
  expect(await claimShard(sql, asWorker(newId()))).toBeNull()
  await finishShard(sql, first!, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  expect(await state(scanId)).toBe('paused')
  await requestResume(sql, workspaceId, scanId, audit())
  await queueHeldShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  expect(await state(scanId)).toBe('running')
  const second = await claimShard(sql, asWorker(newId()))
  expect(second?.scanId).toBe(scanId)
  await finishShard(sql, second!, endOf([1]))
  expect(await settleScan(sql, workspaceId, scanId)).toBe('completed')
})

test('a queued scan is paused at once, and resumed to queued', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await pause(scanId)
  expect(await state(scanId)).toBe('paused')
  await requestResume(sql, workspaceId, scanId, audit())
  await queueHeldShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  expect(await state(scanId)).toBe('queued')
  const [row] = await sql`select paused_seconds from scans where id = ${scanId}`
  expect(row?.['paused_seconds']).toBeGreaterThan(0)
  await requestCancel(sql, workspaceId, scanId, audit())
})

test('a shard given back by its worker is held while its scan is paused, and a cancel ends a paused scan', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await sql`update shards set state = 'cancelled', ended_at = now() where state = 'queued' and scan_id <> ${scanId}`
  const shard = await claimShard(sql, asWorker(newId()))
  await pause(scanId)
  await releaseShard(sql, shard!, { why: 'shutdown', counted: false, delayMs: 0, detail: {} })
  await settleScan(sql, workspaceId, scanId)
  expect(await state(scanId)).toBe('paused')
  await requestCancel(sql, workspaceId, scanId, audit())
  await cancelWaitingShards(sql, workspaceId, scanId)
  expect(await settleScan(sql, workspaceId, scanId)).toBe('cancelled')
})
