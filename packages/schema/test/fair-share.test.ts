import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { defaultLimits } from '../src/limits.ts'
import { claimShard, finishShard, mustYield, releaseShard } from '../src/store/index.ts'
import { claim, clearShards, freshWorkspace, hold, waitingForLocks } from './store-fixture.ts'
import { asWorker, endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

/** One workspace with 500 shards of the highest priority beside twenty with a single one of the lowest. */
async function crowd(): Promise<string[]> {
  const small = await Promise.all(Array.from({ length: 20 }, () => freshWorkspace(db.sql)))
  await orderScan(db.sql, db.workspaceId, 500, { priority: 9 })
  for (const workspaceId of small) await orderScan(db.sql, workspaceId, 1, { priority: 1 })
  return small
}

test('twenty small workspaces beside a big one are served within 21 claims while attempts last', async () => {
  const small = await crowd()
  const served = new Set<string>()
  for (let n = 0; n < 21; n++) served.add((await claim(db.sql)).workspaceId)
  expect(small.filter((id) => !served.has(id))).toEqual([])
})

test('they are served early also by eight claimers whose attempts end at once', async () => {
  const small = await crowd()
  const order: string[] = []
  const claimer = async () => {
    while (order.length < 100) {
      const shard = await claim(db.sql)
      order.push(shard.workspaceId)
      await finishShard(db.sql, shard, endOf([]))
    }
  }
  await Promise.all(Array.from({ length: 8 }, claimer))
  const last = Math.max(...small.map((id) => order.indexOf(id)))
  expect(small.every((id) => order.includes(id))).toBe(true)
  expect(last).toBeLessThan(60)
})

test('a workspace whose only shards nobody may take now keeps no other waiting', async () => {
  const blocked = await freshWorkspace(db.sql)
  await orderScan(db.sql, blocked, 3)
  await db.sql`update shards set losses = 1`
  const free = await orderScan(db.sql, db.workspaceId, 2)
  for (let n = 0; n < 2; n++) expect((await claim(db.sql, newId(), { alone: false })).scanId).toBe(free)
})

const bounded = (parallelShards: number) => ({ limits: { ...defaultLimits, parallelShards } })

test('a scan at its bound is passed over and the next scan is claimed', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 5, { ...bounded(2), priority: 9 })
  const next = await orderScan(db.sql, db.workspaceId, 2)
  const scans = []
  for (let n = 0; n < 4; n++) scans.push((await claim(db.sql)).scanId)
  expect(scans).toEqual([scanId, scanId, next, next])
  expect(await claimShard(db.sql, asWorker(newId()))).toBeNull()
})

test('of two that claim the last place of a scan at once one yields, also when its claim commits late', async () => {
  await orderScan(db.sql, db.workspaceId, 3, bounded(1))
  const late = await hold(db.url)
  const slow = await claim(late.sql)
  const asked: boolean[] = []
  const quick = claim(db.sql).then(async (shard) => void asked.push(await mustYield(db.sql, shard)))
  await Promise.race([quick, waitingForLocks(db.sql)])
  await late.commit()
  await quick
  asked.push(await mustYield(db.sql, slow))
  expect(asked.filter(Boolean)).toHaveLength(1)
})

test('no more attempts than the bound go on, however many claim at once', async () => {
  await orderScan(db.sql, db.workspaceId, 40, bounded(3))
  let going = 0
  let most = 0
  let done = 0
  const claimer = async () => {
    for (let tries = 0; done < 40 && tries < 3000; tries++) {
      const shard = await claimShard(db.sql, asWorker(newId()))
      if (!shard) continue
      if (await mustYield(db.sql, shard)) {
        await releaseShard(db.sql, shard, { why: 'yielded', counted: false, delayMs: 0, detail: {} })
        continue
      }
      most = Math.max(most, ++going)
      await db.sql`select 1`
      going--
      await finishShard(db.sql, shard, endOf([]))
      done++
    }
  }
  await Promise.all(Array.from({ length: 8 }, claimer))
  expect(done).toBe(40)
  expect(most).toBeLessThanOrEqual(3)
})
