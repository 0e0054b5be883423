import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  deleteScans,
  finishShard,
  getFinding,
  getScan,
  listFindings,
  listScans,
  readEvidence,
  recordFindings,
  removeDeleted,
  requestCancel,
  scanState,
  settleScan,
} from '../src/store/index.ts'
import { claim, newFinding } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const actor = { kind: 'key' as const, id: newId() }
const audit = () => ({ id: newId(), actor, requestId: null })
const mark = (workspaceId: string, ...ids: string[]) =>
  deleteScans(
    db.sql,
    workspaceId,
    ids.map((id) => ({ id, auditId: newId() })),
    { actor, requestId: null },
  )

async function cancelled(): Promise<string> {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await requestCancel(sql, workspaceId, scanId, audit())
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  return scanId
}

test('only what has ended is marked, only in its workspace, and once', async () => {
  const { sql, workspaceId } = db
  const [ended, open, unknown] = [await cancelled(), await orderScan(sql, workspaceId), newId()]
  const foreign = await mark(newId(), ended)
  expect(foreign).toEqual([{ id: ended, outcome: 'scan-not-found', fresh: false }])
  for (const fresh of [true, false]) {
    const outcomes = await mark(workspaceId, ended, open, unknown)
    expect(new Map(outcomes.map((one) => [one.id, [one.outcome, one.fresh]]))).toEqual(
      new Map([
        [ended, ['deleted', fresh]],
        [open, ['scan-not-finished', false]],
        [unknown, ['scan-not-found', false]],
      ]),
    )
  }
  await expect(sql`update scans set deleted_at = now() where id = ${open}`).rejects.toThrow('check')
  expect([await getScan(sql, workspaceId, ended), await scanState(sql, workspaceId, ended)]).toEqual([null, null])
  expect(await listScans(sql, workspaceId, { states: ['cancelled'], before: null, limit: 9 })).toEqual([])
  await requestCancel(sql, workspaceId, open, audit())
  await cancelWaitingShards(sql, workspaceId, open)
  while ((await removeDeleted(sql)) > 0);
})

test('its rows are removed at most 5,000 at a time, and those of other scans stay', async () => {
  const { sql, workspaceId } = db
  const [scanId, other] = [await orderScan(sql, workspaceId), await orderScan(sql, workspaceId)]
  const found = newFinding(1, { request: 'GET /' })
  for (let n = 0; n < 2; n++) {
    const shard = await claim(sql)
    const mine = shard.scanId === scanId
    await recordFindings(sql, shard, mine ? [found] : [newFinding(2), newFinding(3)])
    await finishShard(sql, shard, endOf([0]))
    await settleScan(sql, workspaceId, shard.scanId)
  }
  await sql`
    insert into findings (workspace_id, scan_id, fingerprint, id, shard_id, attempt, sequence, template_id, name, severity, type, detail)
    select workspace_id, scan_id, sha256(n::text::bytea), gen_random_uuid(), shard_id, 1, 10 + n, template_id, name, severity, type, '{}'
    from findings, generate_series(1, 7000) n where id = ${found.id}`
  expect((await mark(workspaceId, scanId))[0]?.fresh).toBe(true)
  expect(await getFinding(sql, workspaceId, found.id)).toBeNull()
  expect(await readEvidence(sql, workspaceId, found.id, audit())).toBeNull()
  expect(await listFindings(sql, workspaceId, { severities: [], before: null, limit: 9 })).toHaveLength(2)
  const removed: number[] = []
  for (let n = await removeDeleted(sql); n > 0; n = await removeDeleted(sql)) removed.push(n)
  expect(removed.slice(0, 2)).toEqual([5000, 2001])
  for (const table of [
    'findings',
    'finding_evidence',
    'shards',
    'shard_targets',
    'attempts',
    'scan_targets',
    'scan_orders',
  ]) {
    const where = table === 'finding_evidence' ? sql`finding_id = ${found.id}` : sql`scan_id = ${scanId}`
    expect([table, (await sql`select from ${sql(table)} where ${where}`).length]).toEqual([table, 0])
  }
  expect(await listFindings(sql, workspaceId, { severities: [], before: null, limit: 9 })).toHaveLength(2)
  expect(await scanState(sql, workspaceId, other)).toBe('completed')
})
