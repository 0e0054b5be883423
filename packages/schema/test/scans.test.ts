import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  finishShard,
  getScan,
  getScans,
  listScans,
  recordFindings,
  scanHead,
  scanState,
  settleScan,
} from '../src/store/index.ts'
import { releaseShard, writeProgress } from '../src/store/index.ts'
import type { ScanHead, ShardEnd } from '../src/store/index.ts'
import { claim, claimAll, clearShards, freshWorkspace, newFinding } from './store-fixture.ts'
import { endOf, orderScan, testDatabase, testOrder } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }

test('a fresh scan is all zeros and pending', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 3, { labels: { team: 'red' }, rerunOf: newId() })
  const scan = await getScan(db.sql, db.workspaceId, scanId)
  expect(scan).toMatchObject({ id: scanId, state: 'queued', labels: { team: 'red' }, targetCount: 3, percent: 0 })
  expect(scan).toMatchObject({ requests: 0, errors: 0, templatesLoaded: null, version: 1, startedAt: null })
  expect(scan?.findings).toEqual({ ...none, total: 0, unconfirmed: 0 })
  expect(scan?.coverage).toEqual({ asked: 3, pending: 3, skipped: 0, unreachable: 0, partial: 0, covered: 0 })
  expect(await getScan(db.sql, newId(), scanId)).toBeNull()
  expect(await scanState(db.sql, newId(), scanId)).toBeNull()
})

test('progress, shards, findings and coverage are summed over shards and template sets', async () => {
  const templateSets = [
    { origin: 'signed' as const, ids: ['first'], requests: 2 },
    { origin: 'starter' as const, ids: ['second'], requests: 1 },
  ]
  const shards = [0, 0, 1, 1].map((templateSet, n) => ({
    ...{ id: newId(), hosts: [`h${n}.example.com`], templateSet, targets: [n % 2] },
  }))
  const scanId = await orderScan(db.sql, db.workspaceId, 2, { templateSets, shards })
  const claimed = await claimAll(db.sql, 4)
  const end = async (set: number, host: number, coverage: string, change: Partial<ShardEnd>, severities: string[]) => {
    const wanted = shards[set * 2 + host]?.id
    const key = claimed.find(({ shardId }) => shardId === wanted)!
    await recordFindings(
      db.sql,
      key,
      severities.map((severity, n) => newFinding(set * 100 + host * 10 + n, { severity })),
    )
    const targets = [{ ordinal: host, coverage, reason: null, evidence: {} }] as ShardEnd['targets']
    await finishShard(db.sql, key, { ...(endOf([]) as ShardEnd), ...change, targets })
  }
  await end(0, 0, 'covered', { requests: 10, errors: 1, templatesLoaded: 5 }, ['critical', 'high', 'high'])
  await end(0, 1, 'covered', { requests: 20, errors: 2, templatesLoaded: 4 }, ['medium', 'low', 'info', 'unknown'])
  await end(1, 0, 'unreachable', { state: 'partial', requests: 1, templatesLoaded: 2 }, [])
  const last = claimed.find(({ shardId }) => shardId === shards[3]?.id)!
  const progress = { percent: 40, requests: 7, errors: 3, templatesLoaded: 2, unconfirmed: 2 }
  await writeProgress(db.sql, last, progress)
  const scan = await getScan(db.sql, db.workspaceId, scanId)
  expect(scan?.shards).toEqual({
    ...{ total: 4, queued: 0, running: 1, completed: 2, partial: 1, failed: 0, cancelled: 0, dead: 0 },
  })
  expect(scan).toMatchObject({ percent: 85, requests: 38, errors: 6, templatesLoaded: 4 + 2 })
  expect(scan?.findings).toEqual({
    ...{ total: 7, unconfirmed: 2, critical: 1, high: 2, medium: 1, low: 1, info: 1, unknown: 1 },
  })
  expect(scan?.coverage).toEqual({ asked: 2, pending: 1, skipped: 0, unreachable: 1, partial: 0, covered: 0 })
})

test('counts follow a shard through loss and end, absolute per attempt', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const first = await claim(db.sql)
  await recordFindings(db.sql, first, [newFinding(1), newFinding(2)])
  await writeProgress(db.sql, first, { percent: 50, requests: 9, errors: 0, templatesLoaded: 1, unconfirmed: 2 })
  await releaseShard(db.sql, first, { why: 'shutdown', counted: false, delayMs: 0, detail: {} })
  const second = await claim(db.sql)
  expect(await getScan(db.sql, db.workspaceId, scanId)).toMatchObject({ percent: 0, requests: 0 })
  await recordFindings(db.sql, second, [newFinding(2)])
  await finishShard(db.sql, second, endOf([0]))
  await settleScan(db.sql, db.workspaceId, scanId)
  const scan = await getScan(db.sql, db.workspaceId, scanId)
  expect(scan).toMatchObject({ state: 'completed', percent: 100, requests: 2 })
  expect(scan?.findings).toEqual({ ...none, high: 1, total: 1, unconfirmed: 1 })
})

test('pages hold each scan once, newest first, while scans are ordered in between', async () => {
  const workspaceId = await freshWorkspace(db.sql)
  const order = () => orderScan(db.sql, workspaceId)
  const old: string[] = []
  for (let n = 0; n < 25; n++) old.push(await order())
  await orderScan(db.sql, db.workspaceId)
  const paged: string[] = []
  let before: string | null = null
  for (let pages = 0; pages < 10; pages++) {
    const page: ScanHead[] = await listScans(db.sql, workspaceId, { states: [], before, limit: 10 })
    if (page.length === 0) break
    paged.push(...page.map(({ id }) => id))
    before = page.at(-1)?.id ?? null
    await order()
  }
  expect(paged).toEqual(old.toReversed())
})

test('a list is filtered by state and sums as the single scan does', async () => {
  const ended = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  await recordFindings(db.sql, key, [newFinding(1)])
  await finishShard(db.sql, key, endOf([0]))
  await settleScan(db.sql, db.workspaceId, ended)
  const waiting = await orderScan(db.sql, db.workspaceId)
  const list = async (states: string[]) => listScans(db.sql, db.workspaceId, { states, before: null, limit: 10 })
  expect((await list([])).map(({ id }) => id)).toEqual([waiting, ended])
  expect((await list(['queued', 'running'])).map(({ id }) => id)).toEqual([waiting])
  expect(await list(['completed'])).toEqual([{ id: ended, version: 2, ended: true }])
  expect(await scanHead(db.sql, db.workspaceId, ended)).toEqual({ id: ended, version: 2, ended: true })
  expect(await getScans(db.sql, db.workspaceId, [ended])).toEqual([await getScan(db.sql, db.workspaceId, ended)])
  expect(await list(['failed'])).toEqual([])
})

test('an id is a scan of its own workspace only', async () => {
  const other = await freshWorkspace(db.sql)
  const order = testOrder(db.workspaceId, 1)
  await orderScan(db.sql, db.workspaceId, 1, order)
  expect(await getScan(db.sql, other, order.scanId)).toBeNull()
  expect(await listScans(db.sql, other, { states: [], before: null, limit: 10 })).toEqual([])
})
