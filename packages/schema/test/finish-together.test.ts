import { afterAll, beforeAll, expect, test } from 'vitest'
import { finishShard, recordFindings, settleScan } from '../src/store/index.ts'
import type { ClaimedShard } from '../src/store/index.ts'
import { claim, newFindings } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const rounds = 300

test('two last finishers at once: 300 scans, none stuck, one terminal event each', async () => {
  const { sql, workspaceId } = db
  const scans = new Map<string, ClaimedShard[]>()
  await Promise.all(Array.from({ length: rounds }, async () => scans.set(await orderScan(sql, workspaceId, 2), [])))
  const claimed = await Promise.all(Array.from({ length: rounds * 2 }, () => claim(sql)))
  for (const shard of claimed) scans.get(shard.scanId)?.push(shard)
  const told: (string | null)[] = []
  for (const [scanId, shards] of scans) {
    const end = async (shard: ClaimedShard) => {
      const ordinal = shard.hosts[0]?.startsWith('h0.') ? 0 : 1
      expect(await finishShard(sql, shard, endOf([ordinal]))).toBe(true)
      return settleScan(sql, workspaceId, scanId)
    }
    const answers = await Promise.all(shards.map(end))
    told.push(...answers.filter((state) => state === 'completed'))
  }
  expect(told).toHaveLength(rounds)
  const states = await sql`select state, count(*)::integer as n from scans group by state`
  expect(states).toEqual([{ state: 'completed', n: rounds }])
  const events = await sql`select kind, count(*)::integer as n, count(distinct scan_id)::integer as scans from outbox
    group by kind order by kind`
  expect(events).toEqual([
    { kind: 'scan.completed', n: rounds, scans: rounds },
    { kind: 'scan.started', n: rounds, scans: rounds },
  ])
})

test('a hundred settles of one ended scan tell its end once, with what it found', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 1, { labels: { team: 'red' } })
  const shard = await claim(sql)
  await recordFindings(sql, shard, newFindings(1, 2))
  await finishShard(sql, shard, endOf([0]))
  const told = await Promise.all(Array.from({ length: 100 }, () => settleScan(sql, workspaceId, scanId)))
  expect(told.filter(Boolean)).toEqual(['completed'])
  const events = await sql`select kind, payload from outbox where scan_id = ${scanId} order by kind`
  expect(events).toMatchObject([
    { kind: 'scan.completed', payload: { state: 'completed', reason: null, labels: { team: 'red' }, findings: 2 } },
    { kind: 'scan.started', payload: { state: 'running' } },
  ])
  expect(events[0]?.['payload']).toMatchObject({ targets: 1, covered: 1, finishedAt: expect.any(String) })
})
