import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { connect, findSuspects, finishShard, reapShards, renewLeases, requestCancel } from '../src/store/index.ts'
import { claimShard, sessionAge } from '../src/store/index.ts'
import type { ClaimedShard } from '../src/store/index.ts'
import { claim, claimAll, clearShards, hold, makeDue, shardRow, suspect } from './store-fixture.ts'
import { asWorker, endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const id = newId()
const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })

async function claimed(): Promise<ClaimedShard> {
  await orderScan(db.sql, db.workspaceId)
  return claim(db.sql, id)
}

test('a lease renewed after the look is not taken', async () => {
  const key = await claimed()
  const seen = await suspect(db.sql, key)
  await renewLeases(db.sql, { id, sessionKey: '1', leaseMs: 31_000 }, [key])
  expect(await reapShards(db.sql, [seen])).toEqual([])
  expect(await shardRow(db.sql, key)).toMatchObject({ state: 'running', attempt: 1, losses: 0 })
})

test('a lease being renewed is passed over, and after that not taken', async () => {
  const key = await claimed()
  const seen = await suspect(db.sql, key)
  const renewal = await hold(db.url)
  await renewLeases(renewal.sql, { id, sessionKey: '1', leaseMs: 31_000 }, [key])
  expect(await reapShards(db.sql, [seen])).toEqual([])
  await renewal.commit()
  expect(await reapShards(db.sql, [seen])).toEqual([])
})

test('an attempt that runs under another session key by now is not taken as an orphan', async () => {
  const key = await claimed()
  const seen = await suspect(db.sql, key, false)
  await db.sql`update shards set session_key = session_key + 1`
  expect(await reapShards(db.sql, [seen])).toEqual([])
  await db.sql`update shards set session_key = null`
  expect(await reapShards(db.sql, [seen])).toEqual([])
})

test('three losses: due at once, due later, then dead with its reason', async () => {
  await orderScan(db.sql, db.workspaceId)
  const waits = []
  for (const losses of [1, 2]) {
    const key = await claim(db.sql, id)
    expect(await reapShards(db.sql, [await suspect(db.sql, key)])).toMatchObject([{ state: 'queued', attempt: losses }])
    const [row] = await db.sql<{ wait: number }[]>`
      select extract(epoch from due_at - now())::float8 as wait from shards`
    waits.push(row!.wait)
    expect(await shardRow(db.sql, key)).toMatchObject({ losses, lease_until: null, session_key: null, ended_at: null })
    expect(await shardRow(db.sql, key)).toMatchObject({ avoid_worker_id: id })
    await makeDue(db.sql, key)
  }
  expect(waits[0]).toBeLessThanOrEqual(0)
  expect(waits[1]).toSatisfy((wait: number) => wait > 6.5 && wait < 13)
  const last = await claim(db.sql, id)
  expect(await reapShards(db.sql, [await suspect(db.sql, last, false)])).toMatchObject([{ state: 'dead', attempt: 3 }])
  expect(await shardRow(db.sql, last)).toMatchObject({ losses: 3, reason: { code: 'shards-dead' } })
  const attempts =
    await db.sql`select number, outcome, detail->>'why' as why, ended_at is not null as ended from attempts
    order by number`
  expect(attempts.map((row) => [row['number'], row['outcome'], row['why'], row['ended']])).toEqual([
    [1, 'lost', 'lease-expired', true],
    [2, 'lost', 'lease-expired', true],
    [3, 'lost', 'session-gone', true],
  ])
})

test.each([
  ['held', 0, { pause: true }],
  ['cancelled', 0, { cancel: true }],
  ['cancelled', 2, { cancel: true, pause: true }],
  ['dead', 2, { pause: true }],
])('what is lost becomes %s after %i losses when the scan wants %o', async (state, losses, wants) => {
  const key = await claimed()
  await db.sql`update shards set losses = ${losses}`
  if ('pause' in wants) await db.sql`update scans set pause_requested_at = now()`
  if ('cancel' in wants) await requestCancel(db.sql, db.workspaceId, key.scanId, audit())
  expect(await reapShards(db.sql, [await suspect(db.sql, key)])).toMatchObject([{ state }])
  expect(await shardRow(db.sql, key)).toMatchObject({ state, losses: losses + 1 })
})

test('of eight reapers with the same suspects each attempt is taken by one', async () => {
  await orderScan(db.sql, db.workspaceId, 60)
  const keys = await claimAll(db.sql, 60, id)
  const seen = await Promise.all(keys.map((key) => suspect(db.sql, key)))
  const taken = await Promise.all(Array.from({ length: 8 }, () => reapShards(db.sql, seen)))
  expect(
    taken
      .flat()
      .map(({ shardId }) => shardId)
      .toSorted(),
  ).toEqual(keys.map(({ shardId }) => shardId).toSorted())
  expect(await db.sql`select from shards where losses <> 1`).toHaveLength(0)
})

test('suspects are attempts with a passed lease or a free session key, and no others', async () => {
  const holder = connect(db.url, { name: 'lease', max: 1, forever: true })
  await orderScan(db.sql, db.workspaceId, 5)
  const keys: Record<string, string> = {}
  for (const [name, sessionKey] of Object.entries({
    held: '-7',
    free: '-8',
    high: '9007199254740993',
    expired: '-7',
  })) {
    if (name === 'held' || name === 'high') await holder`select pg_advisory_lock(${sessionKey}::bigint)`
    keys[(await claimShard(db.sql, { ...asWorker(id), sessionKey }))?.shardId ?? ''] = name
  }
  keys[(await claimShard(db.sql, { ...asWorker(id), sessionKey: null }))?.shardId ?? ''] = 'pooled'
  const expired = Object.keys(keys).find((shardId) => keys[shardId] === 'expired') ?? ''
  await db.sql`update shards set lease_until = now() - interval '1 s' where id = ${expired}`
  const found = await findSuspects(db.sql)
  expect(found.map((one) => `${keys[one.shardId]} ${one.expired} ${one.orphaned}`).toSorted()).toEqual([
    'expired true false',
    'free false true',
  ])
  expect(await reapShards(db.sql, found)).toHaveLength(2)
  await holder.end()
  const orphans = async () => (await findSuspects(db.sql)).map((one) => keys[one.shardId] ?? '').toSorted()
  await expect.poll(orphans, { interval: 10 }).toEqual(['held', 'high'])
})

test('a lease that ends far ahead, as after a clock set back, is one that nobody renews', async () => {
  const key = await claimed()
  await db.sql`update shards set lease_until = now() + interval '1 hour', session_key = null`
  const seen = await findSuspects(db.sql)
  expect(seen).toMatchObject([{ shardId: key.shardId, expired: true }])
  await renewLeases(db.sql, { id, sessionKey: null, leaseMs: 30_000 }, [key])
  expect(await findSuspects(db.sql)).toEqual([])
  expect(await reapShards(db.sql, seen)).toEqual([])
})

test('a session tells who it is and how long it lives', async () => {
  const sql = connect(db.url, { name: 'age', max: 1 })
  const first = await sessionAge(sql)
  const again = await sessionAge(sql)
  expect([again.id, again.ageMs >= first.ageMs && first.ageMs >= 0]).toEqual([first.id, true])
  expect((await sessionAge(db.sql)).id).not.toBe(first.id)
  await sql.end()
})

test('an ended attempt is no suspect', async () => {
  const key = await claimed()
  await db.sql`update shards set lease_until = now() - interval '1 s'`
  await finishShard(db.sql, key, endOf([0]))
  expect(await findSuspects(db.sql)).toEqual([])
})
