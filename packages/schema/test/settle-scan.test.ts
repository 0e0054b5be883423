import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { finishShard, recordFindings, releaseShard, settleScan } from '../src/store/index.ts'
import type { ShardEnd } from '../src/store/index.ts'
import { claim, clearShards, newFindings } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

type Given = { state: ShardEnd['state']; coverage: string; reason?: string; found?: number }

/** Ends a scan of one target a shard as given; returns state and reason code. */
async function settled(...shards: Given[]) {
  const scanId = await orderScan(db.sql, db.workspaceId, shards.length)
  for (const { state, coverage, reason = null, found = 0 } of shards) {
    const key = await claim(db.sql)
    const ordinal = Number(/h(\d+)/.exec(key.hosts[0] ?? '')?.[1])
    if (found > 0) await recordFindings(db.sql, key, newFindings(found))
    const targets = [{ ordinal, coverage, reason: null, evidence: {} }] as ShardEnd['targets']
    const why = reason === null ? null : { code: reason, detail: null }
    await finishShard(db.sql, key, endOf([], { state, targets, reason: why }))
  }
  const state = await settleScan(db.sql, db.workspaceId, scanId)
  const [row] = await db.sql`select reason->>'code' as code from scans where id = ${scanId}`
  return [state, row?.['code'] ?? null]
}

const covered: Given = { state: 'completed', coverage: 'covered' }
const unreachable: Given = { state: 'failed', coverage: 'unreachable', reason: 'targets-unreachable' }

test.each<[string, Given[], [string, string | null]]>([
  ['every target covered', [covered, covered], ['completed', null]],
  ['one of two unreachable', [covered, unreachable], ['partial', 'targets-unreachable']],
  ['none reached', [unreachable, unreachable], ['failed', 'targets-unreachable']],
  ['none reached but a finding confirmed', [{ ...unreachable, found: 7 }], ['partial', 'targets-unreachable']],
  ['one partly covered', [{ state: 'partial', coverage: 'partial', reason: 'soft-limit' }], ['partial', 'soft-limit']],
  ['one skipped', [covered, { state: 'completed', coverage: 'skipped' }], ['partial', 'scope']],
  [
    'nothing said of a target',
    [covered, { state: 'completed', coverage: 'pending' }],
    ['partial', 'targets-unreachable'],
  ],
])('%s', async (_, shards, outcome) => {
  expect(await settled(...shards)).toEqual(outcome)
})

test('a shard that is dead makes the scan partial, or failed where it was all there was', async () => {
  const end = async (shards: number) => {
    const scanId = await orderScan(db.sql, db.workspaceId, shards)
    if (shards === 2) await finishShard(db.sql, await claim(db.sql), endOf([0]))
    await db.sql`update shards set losses = 2`
    const release = { why: 'killed by SIGSEGV', counted: true, delayMs: 0, detail: {} }
    await releaseShard(db.sql, await claim(db.sql), release)
    const state = await settleScan(db.sql, db.workspaceId, scanId)
    const [row] = await db.sql`select reason->>'code' as code from scans where id = ${scanId}`
    await clearShards(db.sql)
    return [state, row?.['code']]
  }
  expect([await end(2), await end(1)]).toEqual([
    ['partial', 'shards-dead'],
    ['failed', 'shards-dead'],
  ])
})

test('queued, running, paused and running again, then its end; each step once and the version grows', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 2)
  const settle = () => settleScan(db.sql, db.workspaceId, scanId)
  expect(await settle()).toBeNull()
  const [first, steps] = [await claim(db.sql), [] as unknown[]]
  steps.push(await settle(), await settle())
  await db.sql`update scans set pause_requested_at = now()`
  steps.push(await settle())
  await finishShard(db.sql, first, endOf([0]))
  steps.push(await settle(), await settle())
  await db.sql`update scans set pause_requested_at = null`
  steps.push(await settle())
  await finishShard(db.sql, await claim(db.sql), endOf([1]))
  steps.push(await settle(), await settle())
  expect(steps).toEqual(['running', null, null, 'paused', null, 'running', 'completed', null])
  const [scan] = await db.sql`select version, finished_at >= started_at as ordered from scans`
  expect(scan).toEqual({ version: 5, ordered: true })
  const events = await db.sql`select kind from outbox where scan_id = ${scanId} order by kind`
  expect(events.map((row) => row['kind'])).toEqual(['scan.completed', 'scan.started'])
})

test('settling what is not there does nothing', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  expect(await settleScan(db.sql, scanId, db.workspaceId)).toBeNull()
})
