import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { recordFindings, releaseShard, requestCancel, settleScan } from '../src/store/index.ts'
import type { Release } from '../src/store/index.ts'
import { claim, clearShards, decisions, makeDue, newFindings, shardRow } from './store-fixture.ts'
import { orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const release = (change: Partial<Release> = {}): Release => ({
  ...{ why: 'shutdown', counted: false, delayMs: 4000, detail: { exit: 1 } },
  ...change,
})

test('what is not counted costs nothing', async () => {
  await orderScan(db.sql, db.workspaceId)
  for (let n = 1; n <= 5; n++) {
    const key = await claim(db.sql)
    expect(await releaseShard(db.sql, key, release())).toBe(true)
    expect(await shardRow(db.sql, key)).toMatchObject({ state: 'queued', losses: 0, releases: n, attempt: n })
    expect(await shardRow(db.sql, key)).toMatchObject({ lease_until: null, session_key: null, reason: null })
    await makeDue(db.sql, key)
  }
  const attempts = await db.sql`select outcome, detail from attempts`
  expect([...attempts]).toEqual(
    Array.from({ length: 5 }, () => ({ outcome: 'released', detail: { exit: 1, why: 'shutdown' } })),
  )
})

test('the third counted loss makes it dead, with what lost it; the first is due at once, whatever delay is asked', async () => {
  await orderScan(db.sql, db.workspaceId)
  const states = []
  const due = []
  for (let n = 0; n < 3; n++) {
    const key = await claim(db.sql)
    await releaseShard(db.sql, key, release({ counted: true, why: 'killed by SIGSEGV' }))
    states.push((await shardRow(db.sql, key))['state'])
    due.push((await db.sql`select due_at <= now() as now from shards`)[0]?.['now'])
    await makeDue(db.sql, key)
  }
  expect(states).toEqual(['queued', 'queued', 'dead'])
  expect(due.slice(0, 2)).toEqual([true, false])
  const [row] = await db.sql`select losses, releases, reason, ended_at is not null as ended from shards`
  expect(row).toEqual({
    losses: 3,
    releases: 0,
    reason: { code: 'shards-dead', detail: 'killed by SIGSEGV' },
    ended: true,
  })
  expect(await db.sql`select from attempts where outcome = 'lost'`).toHaveLength(3)
})

test('the twenty-first time it is given back it ends partial, with what its last attempt found; yielding is not counted', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  for (let n = 1; n <= 21; n++) {
    const key = await claim(db.sql)
    await recordFindings(db.sql, key, newFindings(n, 100))
    expect(await shardRow(db.sql, key)).toMatchObject({ state: 'running', releases: n - 1 })
    await releaseShard(db.sql, key, release({ why: 'database-away' }))
    await makeDue(db.sql, key)
    if (n > 20) break
    const again = await claim(db.sql)
    await releaseShard(db.sql, again, release({ why: 'yielded' }))
    await makeDue(db.sql, again)
  }
  const [row] =
    await db.sql`select id as "shardId", state, reason, high, unconfirmed, ended_at is not null as ended from shards`
  expect(row).toMatchObject({
    ...{ state: 'partial', ended: true, high: 2, unconfirmed: 20 },
    reason: { code: 'interrupted', detail: 'given back 21 times, at last: database-away' },
  })
  const confirmed = (await decisions(db.sql, scanId)).filter(([, decided]) => decided)
  expect(confirmed).toEqual([
    [21, true],
    [100, true],
  ])
  expect([...(await db.sql`select coverage, reason from shard_targets`)]).toEqual([
    { coverage: 'skipped', reason: 'interrupted' },
  ])
  expect(await settleScan(db.sql, db.workspaceId, scanId)).toBe('partial')
})

test('it waits as long as it is told, and counts stalls and memory kills', async () => {
  await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  await releaseShard(db.sql, key, release({ stalled: true, memoryKill: true }))
  const [row] = await db.sql<{ wait: number; stalls: number; memory_kills: number }[]>`
    select extract(epoch from due_at - now())::float8 as wait, stalls, memory_kills from shards`
  expect(row).toMatchObject({ stalls: 1, memory_kills: 1 })
  expect(row!.wait).toSatisfy((wait: number) => wait > 2 && wait <= 4)
})

test.each([
  ['held', { pause: true }, false],
  ['cancelled', { cancel: true }, false],
  ['cancelled', { cancel: true, pause: true }, true],
])('it becomes %s when the scan wants %o', async (state, wants, counted) => {
  await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  if ('pause' in wants) await db.sql`update scans set pause_requested_at = now()`
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  if ('cancel' in wants) await requestCancel(db.sql, db.workspaceId, key.scanId, audit)
  expect(await releaseShard(db.sql, key, release({ counted }))).toBe(true)
  expect(await shardRow(db.sql, key)).toMatchObject({ state, reason: null })
})

test('sent again after a lost reply it changes nothing more', async () => {
  await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  const answers = await Promise.all([1, 2, 3].map(() => releaseShard(db.sql, key, release({ counted: true }))))
  expect(answers.filter(Boolean)).toHaveLength(1)
  expect(await shardRow(db.sql, key)).toMatchObject({ losses: 1, releases: 0 })
})
