import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  finishShard,
  reapShards,
  recordFindings,
  releaseShard,
  requestCancel,
} from '../src/store/index.ts'
import type { AttemptKey, Sql } from '../src/store/index.ts'
import { claim, clearShards, decisions, hold, makeDue } from './store-fixture.ts'
import { newFindings, shardRow, suspect, waitingForLocks } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const release = { why: 'shutdown', counted: false, delayMs: 0, detail: {} }

/** Holds a batch between its check of the shard and its first row: it waits for the scan's numbers. */
async function lateBatch(key: AttemptKey) {
  const gate = await hold(db.url)
  await gate.sql`select from finding_sequences where scan_id = ${key.scanId} for update`
  const batch = recordFindings(db.sql, key, newFindings(1, 2))
  await waitingForLocks(db.sql)
  return { batch, open: () => gate.commit() }
}

test('a takeover that meets a late batch leaves the attempt alone until the batch committed', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql)
  const { batch, open } = await lateBatch(key)
  const taken = await reapShards(sql, [await suspect(sql, key)])
  await open()
  const written = await batch
  const stale = taken.length > 0 ? (await decisions(sql, scanId)).length : 0
  expect({ taken: taken.length, written, stale }).toEqual({ taken: 0, written: 2, stale: 0 })
})

test('a release waits for a late batch, and the next attempt comes after its rows', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql)
  const { batch, open } = await lateBatch(key)
  let rowsAtRelease = -1
  const released = releaseShard(sql, key, release).then(async (done) => {
    rowsAtRelease = (await decisions(sql, scanId)).length
    return done
  })
  await waitingForLocks(sql, 2)
  await open()
  expect([await batch, await released, rowsAtRelease]).toEqual([2, true, 2])
})

test('200 takeovers at random instants of a batch leave no stale row', async () => {
  const { sql, workspaceId } = db
  let fencedBatches = 0
  for (let round = 0; round < 200; round++) {
    const scanId = await orderScan(sql, workspaceId)
    const key = await claim(sql)
    const lost = await suspect(sql, key)
    const takeover = async () => {
      for (let turn = 0; turn < Math.random() * 4; turn++) await sql`select 1`
      const taken = await reapShards(sql, [lost])
      return taken.length === 0 ? null : (await decisions(sql, scanId)).length
    }
    const [written, rowsAtTakeover] = await Promise.all([recordFindings(sql, key, newFindings(1, 2)), takeover()])
    if (written === null) fencedBatches++
    if (rowsAtTakeover !== null) expect((await decisions(sql, scanId)).length).toBe(rowsAtTakeover)
    await sql`delete from scans where id = ${scanId}`
  }
  expect(fencedBatches).toBeLessThan(200)
})

/** A batch that has written its rows and not committed yet, while `end` waits for it. */
async function endBehindBatch(key: AttemptKey, end: (sql: Sql) => Promise<unknown>) {
  const held = await hold(db.url)
  expect(await recordFindings(held.sql, key, newFindings(1, 2, 3))).toBe(3)
  const ended = end(db.sql)
  await waitingForLocks(db.sql)
  await held.commit()
  await ended
}

test('a finish that waited for a batch decides and counts its rows', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql)
  await endBehindBatch(key, () => finishShard(sql, key, endOf([0])))
  expect(await decisions(sql, scanId)).toEqual([1, 2, 3].map((n) => [n, true]))
  expect(await shardRow(sql, key)).toMatchObject({ state: 'completed', high: 3, unconfirmed: 0 })
})

test.each([
  ['cancelled', 0],
  ['dead', 2],
])('a release to %s that waited for a batch decides its rows', async (state, losses) => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql)
  await sql`update shards set losses = ${losses} where id = ${key.shardId}`
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  if (state === 'cancelled') await requestCancel(sql, workspaceId, scanId, audit)
  await endBehindBatch(key, () => releaseShard(sql, key, { ...release, counted: true }))
  expect(await decisions(sql, scanId)).toEqual([1, 2, 3].map((n) => [n, false]))
  expect(await shardRow(sql, key)).toMatchObject({ state, high: 0, unconfirmed: 3 })
})

test('a cancel decides also the rows of an attempt that ran while it waited', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  await requestCancel(sql, workspaceId, scanId, audit)
  const held = await hold(db.url)
  const key = await claim(held.sql)
  expect(await recordFindings(held.sql, key, newFindings(1, 2))).toBe(2)
  const cancelled = cancelWaitingShards(sql, workspaceId, scanId)
  await waitingForLocks(sql)
  await held.sql`update shards set state = 'queued', lease_until = null where id = ${key.shardId}`
  await held.commit()
  await cancelled
  expect(await shardRow(sql, key)).toMatchObject({ state: 'cancelled', unconfirmed: 2 })
  expect(await decisions(sql, scanId)).toEqual([1, 2].map((n) => [n, false]))
  await makeDue(sql, key)
})
