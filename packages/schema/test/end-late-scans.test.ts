import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { defaultLimits } from '../src/limits.ts'
import { claimShard, endLateShards, getScan, readControl, requestPause, settleScan } from '../src/store/index.ts'
import { asWorker, installTestBundle, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())

const order = (shards: number) =>
  orderScan(db.sql, db.workspaceId, shards, { limits: { ...defaultLimits, deadlineSeconds: 60 } })
const age = (scanId: string, seconds: number) =>
  db.sql`update scans set created_at = now() - ${seconds} * interval '1 second' where id = ${scanId}`

test('past the deadline what waits ends failed, what runs is told, and no target reads pending', async () => {
  const { sql, workspaceId } = db
  const scanId = await order(2)
  const running = await claimShard(sql, asWorker(newId()))
  expect(await endLateShards(sql)).toEqual([])
  expect(await readControl(sql, [running!])).toMatchObject([{ late: false }])
  await age(scanId, 61)
  expect(await readControl(sql, [running!])).toMatchObject([{ late: true }])
  expect(await endLateShards(sql)).toEqual([{ workspaceId, scanId }])
  const coverage = await sql`select coverage, reason from shard_targets where scan_id = ${scanId} order by ordinal`
  expect(coverage.map((row) => [row['coverage'], row['reason']])).toEqual(
    expect.arrayContaining([
      ['skipped', 'deadline'],
      ['pending', null],
    ]),
  )
})

test('a scan that was never begun fails with the deadline as its reason', async () => {
  const { sql, workspaceId } = db
  const scanId = await order(1)
  await age(scanId, 61)
  await endLateShards(sql)
  expect(await settleScan(sql, workspaceId, scanId)).toBe('failed')
  expect(await getScan(sql, workspaceId, scanId)).toMatchObject({
    reason: { code: 'deadline' },
    coverage: { skipped: 1 },
  })
})

test('time paused does not count', async () => {
  const { sql, workspaceId } = db
  const scanId = await order(1)
  await requestPause(sql, workspaceId, scanId, { id: newId(), actor: { kind: 'key', id: newId() }, requestId: null })
  await sql`update scans set created_at = now() - interval '90 seconds', pause_requested_at = now() - interval '50 seconds'
    where id = ${scanId}`
  expect(await endLateShards(sql)).toEqual([])
  await sql`update scans set created_at = now() - interval '120 seconds' where id = ${scanId}`
  expect(await endLateShards(sql)).toEqual([{ workspaceId, scanId }])
})
