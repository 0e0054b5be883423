import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { claimShard, finishShard, mustYield } from '../src/store/index.ts'
import type { ClaimedShard } from '../src/store/index.ts'
import { claim, clearShards, freshWorkspace, hold, waitingForLocks } from './store-fixture.ts'
import { asWorker, endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
let other: string
beforeAll(async () => {
  db = await testDatabase()
  other = await freshWorkspace(db.sql)
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

/** Makes two running attempts meet: a claim passes over a host that it sees busy. */
async function claimBoth(): Promise<[ClaimedShard, ClaimedShard]> {
  await orderScan(db.sql, db.workspaceId)
  await orderScan(db.sql, other)
  const both: [ClaimedShard, ClaimedShard] = [await claim(db.sql), await claim(db.sql)]
  await db.sql`update shard_orders set hosts = array['one.example.com']`
  return both
}

/** Orders so many shards at hosts that each such order has. */
async function orderSame(workspaceId: string, shards = 1): Promise<void> {
  const plans = Array.from({ length: shards }, (_, n) => ({
    ...{ id: newId(), hosts: [`h${n}.example.com`], templateSet: 0, targets: [n] },
  }))
  await orderScan(db.sql, workspaceId, shards, { shards: plans })
}

test('of two attempts that meet at a host the later one yields, whoever asks first', async () => {
  const [first, second] = await claimBoth()
  expect([await mustYield(db.sql, second), await mustYield(db.sql, first)]).toEqual([true, false])
  await finishShard(db.sql, first, endOf([0]))
  expect(await mustYield(db.sql, second)).toBe(false)
})

test('attempts at different hosts do not meet', async () => {
  await orderScan(db.sql, db.workspaceId, 2)
  const [first, second] = [await claim(db.sql), await claim(db.sql)]
  expect([await mustYield(db.sql, first), await mustYield(db.sql, second)]).toEqual([false, false])
})

test('an attempt whose claim commits late yields to one that went on without seeing it', async () => {
  await orderSame(db.workspaceId)
  await orderSame(other)
  const late = await hold(db.url)
  const slow = await claim(late.sql)
  const asked: boolean[] = []
  const quick = claim(db.sql)
  const quickAsks = quick.then(async (shard) => void asked.push(await mustYield(db.sql, shard)))
  await Promise.race([quickAsks, waitingForLocks(db.sql)])
  await late.commit()
  await quickAsks
  asked.push(await mustYield(db.sql, slow))
  expect(asked.filter(Boolean)).toHaveLength(1)
})

test('a clock that jumps back changes nothing', async () => {
  const [first, second] = await claimBoth()
  await db.sql`update shards set claimed_at = claimed_at + interval '1 hour' where id = ${first.shardId}`
  expect([await mustYield(db.sql, first), await mustYield(db.sql, second)]).toEqual([false, true])
})

test('exactly one of each pair goes on when eight workers claim 100 pairs and ask at once', async () => {
  await orderSame(db.workspaceId, 100)
  await orderSame(other, 100)
  const goesOn = new Map<string, number>()
  const claimer = async () => {
    for (let shard: ClaimedShard | null; (shard = await claimShard(db.sql, asWorker(newId())));) {
      const host = shard.hosts[0] ?? ''
      const goes = (await mustYield(db.sql, shard)) ? 0 : 1
      goesOn.set(host, (goesOn.get(host) ?? 0) + goes)
    }
  }
  await Promise.all(Array.from({ length: 8 }, claimer))
  expect(goesOn.size).toBe(100)
  expect([...goesOn.values()].filter((n) => n !== 1)).toEqual([])
})

test('claims that meet at several hosts in another order never deadlock', async () => {
  const hosts = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com']
  for (let n = 0; n < 60; n++) {
    const targets = hosts.map((host) => ({ ordered: host, canonical: `https://${host}`, host, port: 443 }))
    const turned = n % 2 === 0 ? hosts : hosts.toReversed()
    const shards = [{ id: newId(), hosts: turned, templateSet: 0, targets: [0, 1, 2, 3] }]
    await orderScan(db.sql, n % 2 === 0 ? other : db.workspaceId, 1, { targets, shards })
  }
  let goesOn = 0
  const claimer = async () => {
    for (let shard: ClaimedShard | null; (shard = await claimShard(db.sql, asWorker(newId())));) {
      if (!(await mustYield(db.sql, shard))) goesOn++
    }
  }
  await Promise.all(Array.from({ length: 8 }, claimer))
  expect(goesOn).toBe(1)
})
