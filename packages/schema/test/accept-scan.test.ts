import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptScan, acceptScans, isDatabaseAway, keptAnswer, twice } from '../src/store/index.ts'
import type { AcceptedScan } from '../src/store/index.ts'
import { freshWorkspace, hold, waitingForLocks } from './store-fixture.ts'
import { testDatabase, testOrder } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

type Order = AcceptedScan
const tables = ['scans', 'scan_orders', 'scan_targets', 'template_sets', 'shards', 'shard_orders', 'shard_targets']
const owned = [...tables, 'finding_sequences', 'audit_events', 'idempotency_keys']

/** How many rows of each table a workspace owns. */
async function rowsOf(workspaceId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of owned) {
    const [row] = await db.sql`select count(*)::integer as n from ${db.sql(table)} where workspace_id = ${workspaceId}`
    counts[table] = Number(row?.['n'])
  }
  return counts
}
const nothing = Object.fromEntries(owned.map((table) => [table, 0]))
const keyed = (order: AcceptedScan, key: string, byte = 1): AcceptedScan => ({
  ...order,
  idempotency: {
    ...{ key, fingerprint: Buffer.alloc(32, byte), location: `/v1/scans/${order.scanId}` },
    answer: { id: order.scanId },
  },
})

test('one order writes all its rows; sent twice at once or again without a key it makes one scan', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const order = testOrder(workspaceId, 3)
  const first = await Promise.all([1, 2, 3, 4].map(() => acceptScan(db.sql, workspaceId, order)))
  expect(first.filter(Boolean)).toHaveLength(1)
  expect(await acceptScan(db.sql, workspaceId, order)).toBeNull()
  expect(await rowsOf(workspaceId)).toEqual({
    ...{ scans: 1, scan_orders: 1, scan_targets: 3, template_sets: 1, shards: 3, shard_orders: 3, shard_targets: 3 },
    ...{ finding_sequences: 1, audit_events: 1, idempotency_keys: 0 },
  })
})

test('an order with a fault anywhere leaves nothing behind, not even its key', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const order = testOrder(workspaceId, 2)
  const twin = order.shards.map((shard) => ({ ...shard, id: order.scanId }))
  for (const bad of [{ shards: twin }, { priority: 99 }, { labels: { a: String.fromCharCode(0) } }]) {
    await expect(acceptScan(db.sql, workspaceId, keyed({ ...order, ...bad }, 'k'))).rejects.toThrow()
  }
  expect(await rowsOf(workspaceId)).toEqual(nothing)
})

test('orders accepted together are all made or none, and one that is there already is left out', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const orders = [testOrder(workspaceId, 2), testOrder(workspaceId, 1), testOrder(workspaceId, 3)] as const
  const bad = { ...keyed(testOrder(workspaceId), 'k'), priority: 99 }
  await expect(acceptScans(db.sql, workspaceId, [...orders, bad])).rejects.toThrow()
  expect(await rowsOf(workspaceId)).toEqual(nothing)
  await acceptScan(db.sql, workspaceId, orders[0])
  const made = await acceptScans(db.sql, workspaceId, orders)
  expect([...made.keys()].toSorted()).toEqual([orders[1].scanId, orders[2].scanId].toSorted())
  expect(await rowsOf(workspaceId)).toEqual({
    ...{ scans: 3, scan_orders: 3, scan_targets: 6, template_sets: 3, shards: 6, shard_orders: 6, shard_targets: 6 },
    ...{ finding_sequences: 3, audit_events: 3, idempotency_keys: 0 },
  })
  const ordinals = await db.sql`
    select t.ordinal, t.canonical, d.ordinal as shard, o.hosts from scan_targets t
    join shard_targets st using (workspace_id, scan_id, ordinal) join shards d on d.id = st.shard_id
    join shard_orders o on o.shard_id = d.id where t.scan_id = ${orders[2].scanId} order by t.ordinal`
  expect(ordinals.map((row) => ({ ...row }))).toEqual(
    orders[2].targets.map(({ canonical }, n) => ({
      ordinal: n,
      canonical,
      shard: n,
      hosts: orders[2].shards[n]?.hosts,
    })),
  )
})

test.each([
  ['new', 0],
  ['a day old', 25],
])('of orders together that bring one %s key the first is made', async (_, hours) => {
  const workspaceId = await freshWorkspace(db.sql)
  if (hours > 0) await acceptScan(db.sql, workspaceId, keyed(testOrder(workspaceId), 'k', 9))
  await db.sql`update idempotency_keys set created_at = now() - ${hours} * interval '1 hour' where workspace_id = ${workspaceId}`
  const [first, twin, other, plain] = Array.from({ length: 4 }, () => testOrder(workspaceId)) as [
    Order,
    Order,
    Order,
    Order,
  ]
  const orders = [keyed(twin, 'k', 2), keyed(other, 'another', 3), plain, keyed(first, 'k', 1)]
  const made = await acceptScans(db.sql, workspaceId, orders)
  expect([...made.keys()].toSorted()).toEqual([first, other, plain].map(({ scanId }) => scanId).toSorted())
  const kept = await keptAnswer(db.sql, workspaceId, 'k')
  expect([kept?.answer, Buffer.from(kept!.fingerprint)]).toEqual([
    { id: first.scanId, createdAt: made.get(first.scanId)?.toISOString() },
    Buffer.alloc(32, 1),
  ])
  expect((await keptAnswer(db.sql, workspaceId, 'another'))?.answer).toMatchObject({ id: other.scanId })
  expect(await acceptScans(db.sql, workspaceId, orders)).toEqual(new Map())
})

test('a key that is there makes no scan, whatever is sent with it, and its first answer is kept', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const first = keyed(testOrder(workspaceId), 'k', 1)
  expect(await acceptScan(db.sql, workspaceId, first)).not.toBeNull()
  expect(await acceptScan(db.sql, workspaceId, keyed(testOrder(workspaceId), 'k', 2))).toBeNull()
  const kept = await keptAnswer(db.sql, workspaceId, 'k')
  expect(kept).toMatchObject({ status: 202, location: `/v1/scans/${first.scanId}`, answer: { id: first.scanId } })
  expect(Buffer.from(kept!.fingerprint)).toEqual(Buffer.alloc(32, 1))
  expect(await keptAnswer(db.sql, await freshWorkspace(db.sql), 'k')).toBeNull()
  expect((await rowsOf(workspaceId))['scans']).toBe(1)
})

test('a key is its workspace’s own', async () => {
  const [one, two] = [await freshWorkspace(db.sql), await freshWorkspace(db.sql)]
  for (const workspaceId of [one, two]) {
    expect(await acceptScan(db.sql, workspaceId, keyed(testOrder(workspaceId), 'same'))).not.toBeNull()
  }
})

test('a second order with the key of one still under way waits for it and makes none', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const slow = await hold(db.url)
  expect(await acceptScan(slow.sql, workspaceId, keyed(testOrder(workspaceId), 'k'))).not.toBeNull()
  const second = acceptScan(db.sql, workspaceId, keyed(testOrder(workspaceId), 'k'))
  await waitingForLocks(db.sql)
  await slow.commit()
  expect([await second, (await rowsOf(workspaceId))['scans']]).toEqual([null, 1])
})

test('a key older than a day is as good as new, for one of fifty that bring it', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  await acceptScan(db.sql, workspaceId, keyed(testOrder(workspaceId), 'k'))
  await db.sql`update idempotency_keys set created_at = now() - interval '25 hours'`
  expect(await keptAnswer(db.sql, workspaceId, 'k')).toBeNull()
  const orders = Array.from({ length: 50 }, () => keyed(testOrder(workspaceId), 'k', 3))
  const made = await Promise.all(orders.map((order) => acceptScan(db.sql, workspaceId, order)))
  const winner = orders[made.findIndex(Boolean)]
  expect(made.filter(Boolean)).toHaveLength(1)
  expect((await keptAnswer(db.sql, workspaceId, 'k'))?.answer).toMatchObject({ id: winner?.scanId })
  expect((await rowsOf(workspaceId))['scans']).toBe(2)
})

test('a reply that was lost costs nothing: the same order sent again finds its scan', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const order = testOrder(workspaceId)
  let sent = 0
  const answer = await twice(async () => {
    const made = await acceptScan(db.sql, workspaceId, order)
    if (++sent === 1) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    return made
  })
  expect([answer, sent, (await rowsOf(workspaceId))['scans']]).toEqual([null, 2, 1])
  const fault = twice(() => Promise.reject(Object.assign(new Error('no such table'), { code: '42P01' })))
  await expect(fault).rejects.toThrow('no such table')
  expect(isDatabaseAway({ code: '42P01' })).toBe(false)
})
