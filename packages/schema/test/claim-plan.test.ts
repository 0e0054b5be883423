import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { defaultLimits } from '../src/limits.ts'
import { claimShard, endLateShards, mustYield, reapShards, renewLeases, settleScan } from '../src/store/index.ts'
import { explain, nodesOf, rowsOf } from './explain.ts'
import type { PlanNode } from './explain.ts'
import { claimAll, freshWorkspace, suspect } from './store-fixture.ts'
import { asWorker, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

const shardsOfBig = 20_000
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 1, { priority: 9 })
  await sql`
    with more as (
      insert into shards (workspace_id, scan_id, id, ordinal, priority)
      select ${workspaceId}, ${scanId}, gen_random_uuid(), n, 9 from generate_series(2, ${shardsOfBig}) n returning id
    ), ordered as (
      insert into shard_orders select ${workspaceId}, ${scanId}, id, array['big-' || id], 0 from more
    )
    insert into shard_targets select ${workspaceId}, ${scanId}, id, 0 from more`
  for (let n = 0; n < 50; n++) await orderScan(sql, await freshWorkspace(sql))
  await claimAll(sql, 30)
  await sql`analyze`
})
afterAll(() => db.drop())

const onShards = (plan: PlanNode) => nodesOf(plan).filter(({ node }) => node['Relation Name'] === 'shards')

test('a claim among 20,000 shards reads few of them, by index, and sorts nothing it locks', async () => {
  const [plan] = await explain(db.sql, (sql) => claimShard(sql, asWorker(newId())))
  const nodes = nodesOf(plan!)
  expect(onShards(plan!).filter(({ node }) => node['Node Type'] === 'Seq Scan')).toEqual([])
  expect(Math.max(...onShards(plan!).map(({ node }) => rowsOf(node)))).toBeLessThan(200)
  const locks = nodes.filter(({ node }) => node['Node Type'] === 'LockRows')
  expect(locks).toHaveLength(1)
  for (const { node, above } of locks) {
    expect(rowsOf(node)).toBe(1)
    expect([...above, ...nodesOf(node).map((below) => below.node)].map((near) => near['Node Type'])).not.toContain(
      'Sort',
    )
  }
})

test('a claim that finds a scan at its bound in front passes it over without a lock on it', async () => {
  const { sql, workspaceId } = db
  await sql`update scan_orders set limits = ${sql.json({ ...defaultLimits, parallelShards: 1 })}
    where workspace_id = ${workspaceId}`
  const [plan] = await explain(sql, (sql) => claimShard(sql, asWorker(newId())))
  expect(onShards(plan!).filter(({ node }) => node['Node Type'] === 'Seq Scan')).toEqual([])
  for (const { node } of nodesOf(plan!).filter(({ node }) => node['Node Type'] === 'LockRows')) {
    expect(rowsOf(node)).toBeLessThanOrEqual(1)
  }
})

test('a busy worker learns by index whether a lost shard waits for it', async () => {
  const [plan] = await explain(db.sql, (sql) => claimShard(sql, asWorker(newId(), { alone: false })))
  expect(onShards(plan!).filter(({ node }) => node['Node Type'] === 'Seq Scan')).toEqual([])
  expect(Math.max(...onShards(plan!).map(({ node }) => rowsOf(node)))).toBeLessThan(200)
})

test('renewing, taking back, settling and asking who came first read shards by index alone', async () => {
  const { sql } = db
  const running = await sql<{ workspaceId: string; scanId: string; shardId: string; attempt: number }[]>`
    select workspace_id as "workspaceId", scan_id as "scanId", id as "shardId", attempt from shards
    where state = 'running' and workspace_id <> ${db.workspaceId} limit 5`
  const worker = { id: newId(), sessionKey: null, leaseMs: 30_000 }
  const lost = await suspect(sql, running[0]!)
  const plans = await explain(sql, async (sql) => {
    await renewLeases(sql, worker, [...running])
    await mustYield(sql, running[0]!)
    await reapShards(sql, [lost])
    await settleScan(sql, running[0]!.workspaceId, running[0]!.scanId)
  })
  expect(plans).toHaveLength(4)
  for (const plan of plans) {
    expect(onShards(plan).length).toBeGreaterThan(0)
    expect(onShards(plan).filter(({ node }) => node['Node Type'] === 'Seq Scan')).toEqual([])
  }
})

test('looking for late scans reads only a shard of each that is late', async () => {
  const { sql, workspaceId } = db
  const [plan] = await explain(sql, (sql) => endLateShards(sql))
  expect(onShards(plan!).map(({ node }) => rowsOf(node))).toEqual([0])
  await sql`update scan_orders set limits = limits || '{"deadlineSeconds": 60}' where workspace_id = ${workspaceId}`
  await sql`update scans set created_at = now() - interval '1 hour'`
  const [late] = await explain(sql, (sql) => endLateShards(sql))
  expect(onShards(late!).map(({ node }) => rowsOf(node))).toEqual([1])
})
