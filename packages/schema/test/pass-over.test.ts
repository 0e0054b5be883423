import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { claimShard, finishShard, reapShards } from '../src/store/index.ts'
import { claim, clearShards, freshWorkspace, suspect } from './store-fixture.ts'
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

/** Orders one shard at these hosts; its id. */
async function orderAt(workspaceId: string, ...hosts: string[]): Promise<string> {
  const id = newId()
  await orderScan(db.sql, workspaceId, 1, { shards: [{ id, hosts, templateSet: 0, targets: [0] }] })
  return id
}
const claimed = async () => (await claimShard(db.sql, asWorker(newId())))?.shardId ?? null
const waitLong = (id: string) => db.sql`update shards set due_at = now() - interval '2 minutes' where id = ${id}`

test('a shard at a host that is being scanned is passed over, also for another workspace, and is first once it is free', async () => {
  const first = await orderAt(db.workspaceId, 'a.example.com')
  const running = await claim(db.sql)
  const second = await orderAt(db.workspaceId, 'a.example.com', 'b.example.com')
  await orderAt(other, 'a.example.com')
  const free = await orderAt(db.workspaceId, 'c.example.com')
  expect([running.shardId, await claimed(), await claimed()]).toEqual([first, free, null])
  await db.sql`delete from scans where workspace_id = ${other}`
  await orderAt(db.workspaceId, 'd.example.com')
  await finishShard(db.sql, running, endOf([0]))
  expect(await claimed()).toBe(second)
})

test('one of several hosts that has waited a minute gets them: others that would meet it wait', async () => {
  await orderAt(db.workspaceId, 'a.example.com')
  const running = await claim(db.sql)
  const wide = await orderAt(db.workspaceId, 'a.example.com', 'b.example.com')
  await orderAt(other, 'b.example.com')
  await finishShard(db.sql, await claim(db.sql), endOf([0]))
  await orderAt(other, 'b.example.com')
  await waitLong(wide)
  expect(await claimed()).toBeNull()
  await finishShard(db.sql, running, endOf([0]))
  const both = [await claimed(), await claimed()]
  expect(both).toEqual([wide, null])
})

test('two that have waited long and meet do not wait for each other', async () => {
  const ids = [
    await orderAt(db.workspaceId, 'a.example.com', 'b.example.com'),
    await orderAt(other, 'b.example.com', 'c.example.com'),
  ]
  await Promise.all(ids.map(waitLong))
  const [one, none] = [await claimed(), await claimed()]
  expect(ids).toContain(one)
  expect(none).toBeNull()
})

test('a lost shard keeps its place: it goes ahead of what was ordered after it, also when it waits after a second loss', async () => {
  const early = await orderAt(db.workspaceId, 'a.example.com')
  const key = await claim(db.sql)
  await orderAt(db.workspaceId, 'b.example.com')
  await reapShards(db.sql, [await suspect(db.sql, key)])
  const again = await claim(db.sql)
  expect(again).toMatchObject({ shardId: early, losses: 1 })
  await reapShards(db.sql, [await suspect(db.sql, again)])
  const meanwhile = await claim(db.sql)
  expect(meanwhile.shardId).not.toBe(early)
  await orderAt(db.workspaceId, 'c.example.com')
  await db.sql`update shards set due_at = now() where id = ${early}`
  expect(await claim(db.sql)).toMatchObject({ shardId: early, losses: 2 })
})
