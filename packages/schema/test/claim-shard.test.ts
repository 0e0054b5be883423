import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { defaultLimits } from '../src/limits.ts'
import {
  beat,
  claimShard,
  finishShard,
  reapShards,
  registerWorker,
  releaseShard,
  shardTargets,
  unregisterWorker,
} from '../src/store/index.ts'
import { claim, clearShards, freshWorkspace, makeDue, shardRow, suspect } from './store-fixture.ts'
import { asWorker, endOf, orderScan, testBundle, testDatabase, testOrder } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const release = { why: 'shutdown', counted: false, delayMs: 0, detail: {} }

test('eight claimers share 200 shards, none twice', async () => {
  const { sql, workspaceId } = db
  await orderScan(sql, workspaceId, 120)
  await orderScan(sql, await freshWorkspace(sql), 80)
  const claimed: string[] = []
  const claimer = async () => {
    for (let shard = await claimShard(sql, asWorker(newId())); shard;) {
      expect(shard.attempt).toBe(1)
      claimed.push(shard.shardId)
      shard = await claimShard(sql, asWorker(newId()))
    }
  }
  await Promise.all(Array.from({ length: 8 }, claimer))
  expect([claimed.length, new Set(claimed).size]).toEqual([200, 200])
  const rows = await sql`select state, attempt, count(*)::integer as n from shards group by state, attempt`
  expect(rows).toEqual([{ state: 'running', attempt: 1, n: 200 }])
  expect((await sql`select from attempts where ended_at is null`).length).toBe(200)
})

test('a claim carries what the attempt needs, its lease and limits by the database clock', async () => {
  const { sql, workspaceId } = db
  const limits = { ...defaultLimits, softLimitSeconds: 30, hardLimitSeconds: 40 }
  const order = testOrder(workspaceId, 1, { limits, evidence: 'full', traceparent: '00-ab-cd-01' })
  const scanId = await orderScan(sql, workspaceId, 1, order)
  const worker = asWorker(newId(), { leaseMs: 7000 })
  const shard = await claimShard(sql, worker)
  expect(shard).toMatchObject({ workspaceId, scanId, attempt: 1, losses: 0, stalls: 0, memoryKills: 0, limits })
  expect(shard).toMatchObject({
    softLimitMs: 30_000,
    hardLimitMs: 40_000,
    evidence: 'full',
    traceparent: '00-ab-cd-01',
  })
  expect(shard).toMatchObject({
    origin: 'starter',
    templateIds: ['first'],
    templateRequests: 2,
    hosts: [expect.stringMatching(/^h0\./)],
  })
  expect(await shardTargets(sql, shard!)).toEqual([{ ordinal: 0, canonical: 'https://h0.example.com' }])
  const [times] = await sql`
    select lease_until - claimed_at = interval '7 s' as lease, soft_limit_at - claimed_at = interval '30 s' as soft,
      hard_limit_at - claimed_at = interval '40 s' as hard, worker_id, session_key from shards`
  expect(times).toEqual({ lease: true, soft: true, hard: true, worker_id: worker.id, session_key: worker.sessionKey })
})

test('priority orders inside a workspace, age inside a priority', async () => {
  const { sql, workspaceId } = db
  const ordered = new Map<string, string>()
  for (const [name, priority] of Object.entries({ first: 5, low: 1, second: 5, high: 9 })) {
    ordered.set(await orderScan(sql, workspaceId, 1, { priority }), name)
  }
  const order: (string | undefined)[] = []
  for (let n = 0; n < 4; n++) order.push(ordered.get((await claim(sql)).scanId))
  expect(order).toEqual(['high', 'first', 'second', 'low'])
})

test('only what is queued and due is claimed', async () => {
  const { sql, workspaceId } = db
  await orderScan(sql, workspaceId)
  const key = await claim(sql)
  expect(await claimShard(sql, asWorker(newId()))).toBeNull()
  await releaseShard(sql, key, { ...release, delayMs: 60_000 })
  expect(await claimShard(sql, asWorker(newId()))).toBeNull()
  await makeDue(sql, key)
  for (const state of ['held', 'cancelled', 'dead', 'completed']) {
    const ended = state === 'held' ? null : new Date()
    await sql`update shards set state = ${state}, ended_at = ${ended}`
    expect(await claimShard(sql, asWorker(newId())), state).toBeNull()
  }
  await sql`update shards set state = 'queued', ended_at = null`
  expect((await claim(sql)).attempt).toBe(2)
})

test('a database clock that is set back an hour keeps nothing waiting for it', async () => {
  const { sql, workspaceId } = db
  const worker = newId()
  await orderScan(sql, workspaceId)
  await releaseShard(sql, await claim(sql, worker), release)
  await sql`update shards set due_at = now() + interval '6 minutes'`
  expect(await claimShard(sql, asWorker(worker))).toBeNull()
  await sql`update shards set due_at = now() + interval '1 hour'`
  expect((await claim(sql, worker)).attempt).toBe(2)
})

test('a shard with a loss is for a worker that runs nothing else', async () => {
  const { sql, workspaceId } = db
  await orderScan(sql, workspaceId)
  const key = await claim(sql)
  await reapShards(sql, [await suspect(sql, key)])
  await makeDue(sql, key)
  expect(await claimShard(sql, asWorker(newId(), { alone: false }))).toBeNull()
  expect(await claim(sql, newId(), { alone: true })).toMatchObject({ shardId: key.shardId, attempt: 2, losses: 1 })
})

test('under load the worker that runs least claims no more, so that a lost shard comes to run alone', async () => {
  const { sql, workspaceId } = db
  const [gone, least, more] = [newId(), newId(), newId()]
  for (const id of [gone, least, more])
    await registerWorker(sql, { id, version: '0', nucleiVersion: '3.11.1', bundleDigest: testBundle.digest, slots: 4 })
  // It beat a moment ago, and nobody holds its session key any more.
  await beat(sql, gone, '4711', false, { bytes: 1, limitBytes: null })
  const busy = { alone: false }
  await orderScan(sql, workspaceId)
  const lost = await claim(sql)
  await reapShards(sql, [await suspect(sql, lost)])
  await sql`update shards set due_at = now() - interval '6 seconds' where id = ${lost.shardId}`
  await orderScan(sql, workspaceId, 8)
  await claim(sql, more, busy)
  expect(await claimShard(sql, asWorker(least, busy))).toBeNull()
  // Not while others wait before it, and not at once.
  await sql`update shards set placed_at = now() - interval '1 minute' where state = 'queued' and losses = 0`
  expect(await claim(sql, least, busy)).toMatchObject({ losses: 0 })
  await sql`update shards set placed_at = now() where state = 'queued' and losses = 0`
  expect(await claimShard(sql, asWorker(least, busy))).toBeNull()
  expect(await claim(sql, more, busy)).toMatchObject({ losses: 0 })
  await sql`update shards set due_at = now() where id = ${lost.shardId}`
  expect(await claim(sql, least, busy)).toMatchObject({ losses: 0 })
  // Nor while its host is busy: for that one it waits in any case.
  await sql`update shards set due_at = now() - interval '6 seconds' where id = ${lost.shardId}`
  const guest = { id: newId(), hosts: lost.hosts, templateSet: 0, targets: [0] }
  await orderScan(sql, workspaceId, 1, { shards: [guest], priority: 9 })
  expect(await claim(sql, more, busy)).toMatchObject({ shardId: guest.id })
  expect(await claim(sql, least, busy)).toMatchObject({ losses: 0 })
  await sql`update shards set state = 'held', lease_until = null where id = ${guest.id}`
  // Who has one already is left out.
  await sql`update shards set due_at = now() - interval '6 seconds' where id = ${lost.shardId}`
  await sql`update shards set losses = 1 where state = 'running' and worker_id = ${least}`
  expect(await claim(sql, least, busy)).toMatchObject({ losses: 0 })
  expect(await claimShard(sql, asWorker(more, busy))).toBeNull()
  for (const id of [gone, least, more]) await unregisterWorker(sql, id)
})

test('a shard given back avoids the worker that had it until it has been due for ten seconds', async () => {
  const { sql, workspaceId } = db
  const worker = newId()
  await orderScan(sql, workspaceId)
  const key = await claim(sql, worker)
  await releaseShard(sql, key, release)
  expect(await claimShard(sql, asWorker(worker))).toBeNull()
  await sql`update shards set due_at = now() - interval '11 seconds'`
  expect((await claim(sql, worker)).attempt).toBe(2)
  await releaseShard(sql, { ...key, attempt: 2 }, release)
  expect((await claim(sql, newId())).attempt).toBe(3)
})

test('a scan of other templates is left to the worker that has them, while it lives and claims', async () => {
  const { sql, workspaceId } = db
  const [without, having] = [newId(), newId()]
  const row = { version: '0', nucleiVersion: '3.11.1', slots: 2 }
  const memory = { bytes: 1, limitBytes: null }
  await registerWorker(sql, { ...row, id: without, bundleDigest: 'sha256:other' })
  await registerWorker(sql, { ...row, id: having, bundleDigest: testBundle.digest })
  await orderScan(sql, workspaceId, 4)
  expect(await claimShard(sql, asWorker(without))).toBeNull()
  expect(await claim(sql, having)).toMatchObject({ attempt: 1 })
  await beat(sql, having, null, true, memory)
  expect(await claim(sql, without)).toMatchObject({ attempt: 1 })
  await beat(sql, having, null, false, memory)
  expect(await claimShard(sql, asWorker(without))).toBeNull()
  await sql`update workers set beat_at = now() - interval '16 seconds' where id = ${having}`
  expect(await claim(sql, without)).toMatchObject({ attempt: 1 })
  await unregisterWorker(sql, having)
  expect(await claim(sql, without)).toMatchObject({ attempt: 1 })
  await unregisterWorker(sql, without)
})

test('a yielded shard avoids nobody', async () => {
  const { sql, workspaceId } = db
  const worker = newId()
  await orderScan(sql, workspaceId)
  await releaseShard(sql, await claim(sql, worker), { ...release, why: 'yielded' })
  expect((await claim(sql, worker)).attempt).toBe(2)
})

test('a claim that ends badly begins anew: progress of the last attempt is gone', async () => {
  const { sql, workspaceId } = db
  await orderScan(sql, workspaceId)
  const key = await claim(sql)
  await sql`update shards set percent = 80, requests = 5, errors = 2, unconfirmed = 1, templates_loaded = 1`
  await releaseShard(sql, key, release)
  await claim(sql)
  expect(await shardRow(sql, key)).toMatchObject({ percent: 0, requests: '0', errors: '0', unconfirmed: 0 })
  expect(await finishShard(sql, { ...key, attempt: 2 }, endOf([0]))).toBe(true)
})
