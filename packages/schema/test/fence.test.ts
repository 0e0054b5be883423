import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { finishShard, readControl, reapShards, recordFindings, releaseShard } from '../src/store/index.ts'
import { renewLeases, writeProgress } from '../src/store/index.ts'
import type { AttemptKey, Sql } from '../src/store/index.ts'
import { claim, clearShards, makeDue, newFindings, suspect } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const worker = newId()
const progress = { percent: 50, requests: 9, errors: 1, templatesLoaded: 1, unconfirmed: 2 }
const release = { why: 'shutdown', counted: true, delayMs: 0, detail: {} }
const writes: Record<string, (sql: Sql, key: AttemptKey) => Promise<unknown>> = {
  recordFindings: (sql, key) => recordFindings(sql, key, newFindings(1, 2)),
  writeProgress: (sql, key) => writeProgress(sql, key, progress),
  finishShard: (sql, key) => finishShard(sql, key, endOf([0])),
  releaseShard: (sql, key) => releaseShard(sql, key, release),
  renewLeases: (sql, key) => renewLeases(sql, { id: worker, sessionKey: '7', leaseMs: 30_000 }, [key]),
  readControl: (sql, key) => readControl(sql, [key]),
  reapShards: async (sql, key) => reapShards(sql, [await suspect(sql, key)]),
}
const fenced = new Map<string, unknown>([
  ['recordFindings', null],
  ['writeProgress', false],
  ['finishShard', false],
  ['releaseShard', false],
  ['renewLeases', []],
  ['readControl', []],
  ['reapShards', []],
])

/** Everything that a stale write could change. */
const everything = async (sql: Sql, scanId: string) => [
  await sql`select * from shards where scan_id = ${scanId}`,
  await sql`select * from attempts where scan_id = ${scanId} order by number`,
  await sql`select * from shard_targets where scan_id = ${scanId}`,
  await sql`select * from findings where scan_id = ${scanId}`,
  await sql`select n from finding_sequences where scan_id = ${scanId}`,
]

test.each(Object.keys(writes))('%s changes nothing for an attempt that was taken over', async (name) => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const old = await claim(sql, worker)
  expect(await reapShards(sql, [await suspect(sql, old)])).toHaveLength(1)
  await makeDue(sql, old)
  const next = await claim(sql, worker)
  expect([next.shardId, next.attempt]).toEqual([old.shardId, 2])
  const before = await everything(sql, scanId)
  expect(await writes[name]?.(sql, old)).toEqual(fenced.get(name))
  expect(await everything(sql, scanId)).toEqual(before)
})

test.each(Object.keys(writes))('%s changes nothing once the attempt has ended', async (name) => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql, worker)
  expect(await finishShard(sql, key, endOf([0]))).toBe(true)
  const before = await everything(sql, scanId)
  expect(await writes[name]?.(sql, key)).toEqual(fenced.get(name))
  expect(await everything(sql, scanId)).toEqual(before)
})

test.each(Object.keys(writes))('%s changes nothing while its shard waits for another claim', async (name) => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql, worker)
  expect(await releaseShard(sql, key, release)).toBe(true)
  const before = await everything(sql, scanId)
  expect(await writes[name]?.(sql, key)).toEqual(fenced.get(name))
  expect(await everything(sql, scanId)).toEqual(before)
})

test('what an attempt names must be its own workspace, scan and shard', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const key = await claim(sql, worker)
  const before = await everything(sql, scanId)
  for (const wrong of [{ workspaceId: newId() }, { scanId: newId() }, { shardId: newId() }]) {
    for (const [name, write] of Object.entries(writes)) {
      expect(await write(sql, { ...key, ...wrong }), name).toEqual(fenced.get(name))
    }
  }
  expect(await everything(sql, scanId)).toEqual(before)
})
