import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { findUnsettled, finishShard, holdWaitingShards, queueHeldShards, requestCancel } from '../src/store/index.ts'
import { releaseShard, requestPause, requestResume, settleScan } from '../src/store/index.ts'
import { claim, clearShards, hold, shardRow, waitingForLocks } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })
const audits = async (scanId: string) => (await db.sql`select from audit_events where subject = ${scanId}`).length - 1

test.each([
  ['pause', requestPause],
  ['resume', requestResume],
])('a %s that came after the end is told the end, not what the scan was before', async (_, request) => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await finishShard(sql, await claim(sql), endOf([0]))
  if (request === requestResume) await requestPause(sql, workspaceId, scanId, audit())
  const before = await audits(scanId)
  const settling = await hold(db.url)
  expect(await settleScan(settling.sql, workspaceId, scanId)).toBe('completed')
  const asked = request(sql, workspaceId, scanId, audit())
  await waitingForLocks(sql)
  await settling.commit()
  expect([await asked, (await audits(scanId)) - before]).toEqual(['completed', 0])
})

test('a key is taken once, also where its statement waited for another one', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const act = { key: newId(), fingerprint: new Uint8Array(32) }
  const changing = await hold(db.url)
  await changing.sql`update scans set priority = 1 where id = ${scanId}`
  const both = Promise.all([0, 1].map(() => requestPause(sql, workspaceId, scanId, audit(), act)))
  await waitingForLocks(sql, 2)
  await changing.commit()
  await both
  expect(await audits(scanId)).toBe(1)
  await requestResume(sql, workspaceId, scanId, audit())
  await requestPause(sql, workspaceId, scanId, audit(), act)
  expect(await audits(scanId)).toBe(2)
})

test('asked again it changes nothing, and there is no pause after a cancel or of what is not there', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  for (let n = 0; n < 2; n++) expect(await requestPause(sql, workspaceId, scanId, audit())).toBe('queued')
  for (let n = 0; n < 2; n++) expect(await requestResume(sql, workspaceId, scanId, audit())).toBe('queued')
  await requestCancel(sql, workspaceId, scanId, audit())
  await requestPause(sql, workspaceId, scanId, audit())
  expect(await audits(scanId)).toBe(3)
  expect((await sql`select pause_requested_at from scans`)[0]).toEqual({ pause_requested_at: null })
  expect(await requestPause(sql, newId(), scanId, audit())).toBeNull()
  expect(await requestResume(sql, newId(), scanId, audit())).toBeNull()
})

test('a shard being claimed while its scan is paused runs on', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const claiming = await hold(db.url)
  const key = await claim(claiming.sql)
  await requestPause(sql, workspaceId, scanId, audit())
  const held = holdWaitingShards(sql, workspaceId, scanId)
  await waitingForLocks(sql)
  await claiming.commit()
  await held
  expect(await shardRow(sql, key)).toMatchObject({ state: 'running', attempt: 1 })
})

test('a shard given back by a statement older than the pause is found by the duty and held', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql)
  await settleScan(sql, workspaceId, scanId)
  const old = await hold(db.url)
  await releaseShard(old.sql, key, { why: 'shutdown', counted: false, delayMs: 0, detail: {} })
  await requestPause(sql, workspaceId, scanId, audit())
  await old.commit()
  expect((await shardRow(sql, key))['state']).toBe('queued')
  await sql`update scans set pause_requested_at = pause_requested_at - interval '3 s'`
  expect(await findUnsettled(sql)).toMatchObject([{ scanId, pause: true, cancel: false }])
  await holdWaitingShards(sql, workspaceId, scanId)
  expect(await settleScan(sql, workspaceId, scanId)).toBe('paused')
  await queueHeldShards(sql, workspaceId, scanId)
  expect((await shardRow(sql, key))['state']).toBe('held')
})

test('what a late pause held of a scan that was resumed meanwhile is found by the duty and queued', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await requestPause(sql, workspaceId, scanId, audit())
  const late = await hold(db.url)
  await holdWaitingShards(late.sql, workspaceId, scanId)
  await requestResume(sql, workspaceId, scanId, audit())
  await queueHeldShards(sql, workspaceId, scanId)
  await late.commit()
  expect(await findUnsettled(sql)).toMatchObject([{ scanId, pause: false, cancel: false }])
  await queueHeldShards(sql, workspaceId, scanId)
  expect((await claim(sql)).scanId).toBe(scanId)
})
