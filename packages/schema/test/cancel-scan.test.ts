import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { cancelWaitingShards, findUnsettled, finishShard, requestCancel, settleScan } from '../src/store/index.ts'
import { claim, clearShards, hold, shardRow, waitingForLocks } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: 'req' })
const audits = (scanId: string) => db.sql`
  select from audit_events where subject = ${scanId} and action = 'scan.cancel-requested'`

async function cancel(scanId: string) {
  const asked = await requestCancel(db.sql, db.workspaceId, scanId, audit())
  await cancelWaitingShards(db.sql, db.workspaceId, scanId)
  return [asked, await settleScan(db.sql, db.workspaceId, scanId)]
}

test('a scan that waits is cancelled at once, and asking again changes nothing', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 3)
  expect(await cancel(scanId)).toEqual(['queued', 'cancelled'])
  expect(await cancel(scanId)).toEqual(['cancelled', null])
  expect(await audits(scanId)).toHaveLength(1)
  expect((await db.sql`select kind from outbox where scan_id = ${scanId}`).map((row) => row['kind'])).toEqual([
    'scan.cancelled',
  ])
  const [scan] = await db.sql`select reason, started_at, finished_at is not null as ended from scans`
  expect(scan).toEqual({ reason: { code: 'cancelled', detail: null }, started_at: null, ended: true })
})

test('what runs goes on until its worker ends it, also when it ends well', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 3)
  const key = await claim(db.sql)
  await settleScan(db.sql, db.workspaceId, scanId)
  expect(await cancel(scanId)).toEqual(['running', null])
  const states = await db.sql`select state, count(*)::integer as n from shards group by state order by state`
  expect([...states]).toEqual([
    { state: 'cancelled', n: 2 },
    { state: 'running', n: 1 },
  ])
  expect(await finishShard(db.sql, key, endOf([0]))).toBe(true)
  expect(await settleScan(db.sql, db.workspaceId, scanId)).toBe('cancelled')
})

test('held shards are cancelled too; other scans and workspaces are left alone', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 2)
  const neighbour = await orderScan(db.sql, db.workspaceId, 2)
  await db.sql`update shards set state = 'held'`
  expect(await requestCancel(db.sql, newId(), scanId, audit())).toBeNull()
  await cancelWaitingShards(db.sql, db.workspaceId, scanId)
  expect(await db.sql`select from shards where state = 'cancelled'`).toHaveLength(0)
  await cancel(scanId)
  expect(await db.sql`select from shards where state = 'held' and scan_id = ${neighbour}`).toHaveLength(2)
  expect(await db.sql`select from shards where state = 'cancelled' and scan_id = ${scanId}`).toHaveLength(2)
})

test('a scan that has ended stays as it ended', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  await finishShard(db.sql, await claim(db.sql), endOf([0]))
  await settleScan(db.sql, db.workspaceId, scanId)
  expect(await cancel(scanId)).toEqual(['completed', null])
  expect(await audits(scanId)).toHaveLength(0)
})

test('a shard being claimed while its scan is cancelled is left to its worker', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const claiming = await hold(db.url)
  const key = await claim(claiming.sql)
  await requestCancel(db.sql, db.workspaceId, scanId, audit())
  const cancelled = cancelWaitingShards(db.sql, db.workspaceId, scanId)
  await waitingForLocks(db.sql)
  await claiming.commit()
  await cancelled
  expect(await shardRow(db.sql, key)).toMatchObject({ state: 'running', attempt: 1 })
})

test('a cancel that was answered before the end was written wins over it', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  await settleScan(db.sql, db.workspaceId, scanId)
  await finishShard(db.sql, key, endOf([0]))
  const asking = await hold(db.url)
  expect(await requestCancel(asking.sql, db.workspaceId, scanId, audit())).toBe('running')
  const settled = settleScan(db.sql, db.workspaceId, scanId)
  await waitingForLocks(db.sql)
  await asking.commit()
  expect(await settled).toBe('cancelled')
})

test('a cancel that came after the end is told the end, not what the scan was before', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  await settleScan(db.sql, db.workspaceId, scanId)
  await finishShard(db.sql, key, endOf([0]))
  const settling = await hold(db.url)
  expect(await settleScan(settling.sql, db.workspaceId, scanId)).toBe('completed')
  const asked = requestCancel(db.sql, db.workspaceId, scanId, audit())
  await waitingForLocks(db.sql)
  await settling.commit()
  expect(await asked).toBe('completed')
  expect(await audits(scanId)).toHaveLength(0)
})

test('the duty finds a cancel that stopped half-way, and an ended scan nobody settled, after two seconds', async () => {
  const stopped = await orderScan(db.sql, db.workspaceId)
  await requestCancel(db.sql, db.workspaceId, stopped, audit())
  const ended = await orderScan(db.sql, db.workspaceId)
  await orderScan(db.sql, db.workspaceId)
  await db.sql`update shards set state = 'completed', ended_at = now(), attempt = 1 where scan_id = ${ended}`
  await db.sql`update scans set state = 'running' where id = ${ended}`
  expect(await findUnsettled(db.sql)).toEqual([])
  await db.sql`update scans set cancel_requested_at = cancel_requested_at - interval '3 s'`
  await db.sql`update shards set ended_at = ended_at - interval '3 s'`
  expect(await findUnsettled(db.sql)).toEqual([
    { workspaceId: db.workspaceId, scanId: stopped, cancel: true, pause: false },
    { workspaceId: db.workspaceId, scanId: ended, cancel: false, pause: false },
  ])
  // A clock set back has both in the future.
  await db.sql`update scans set cancel_requested_at = cancel_requested_at + interval '1 h'`
  await db.sql`update shards set ended_at = ended_at + interval '1 h'`
  expect(await findUnsettled(db.sql)).toMatchObject([{ scanId: stopped }, { scanId: ended }])
})

test('the duty finds a scan that runs and was never said to', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  expect(await findUnsettled(db.sql)).toEqual([])
  await claim(db.sql)
  expect(await findUnsettled(db.sql)).toMatchObject([{ scanId }])
  expect(await settleScan(db.sql, db.workspaceId, scanId)).toBe('running')
  expect(await findUnsettled(db.sql)).toEqual([])
})
