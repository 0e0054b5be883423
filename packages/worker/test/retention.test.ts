import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelWaitingShards, deleteScans, recordFindings, requestCancel, settleScan } from '@assayer/schema/store'
import { newId } from '@assayer/schema'
import { claim, newFinding } from '../../schema/test/store-fixture.ts'
import { installTestBundle, orderScan, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { retain } from '../src/duties/retention.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())

const days = {
  RETENTION_SCANS_DAYS: 180,
  RETENTION_EVIDENCE_DAYS: 30,
  RETENTION_AUDIT_DAYS: 400,
  RETENTION_EVENTS_DAYS: 30,
}
const actor = { kind: 'key' as const, id: newId() }
const retained = () => retain(db.sql, days, new AbortController().signal)

async function cancelled(): Promise<string> {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 3)
  await requestCancel(sql, workspaceId, scanId, { id: newId(), actor, requestId: null })
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  return scanId
}

test('deleted and outlived scans go with their rows; others, the audit trail and the events stay', async () => {
  const { sql, workspaceId } = db
  const [deleted, outlived, kept, open] = [
    await cancelled(),
    await cancelled(),
    await cancelled(),
    await orderScan(sql, workspaceId),
  ]
  await deleteScans(sql, workspaceId, [{ id: deleted, auditId: newId() }], { actor, requestId: null })
  await sql`update scans set finished_at = now() - interval '181 days' where id = ${outlived}`
  await retained()
  const left = await sql<{ id: string }[]>`select id from scans order by created_at`
  expect(left.map(({ id }) => id)).toEqual([kept, open])
  expect(await sql`select from shards where scan_id = any(${[deleted, outlived]}::uuid[])`).toHaveLength(0)
  expect(await sql`select from audit_events where subject = any(${[deleted, outlived]}::text[])`).toHaveLength(5)
  expect(await sql`select from outbox where scan_id = any(${[deleted, outlived]}::uuid[])`).not.toHaveLength(0)
})

test('evidence goes before its finding', async () => {
  const { sql } = db
  const shard = await claim(sql)
  await recordFindings(sql, shard, [newFinding(1, { request: 'old' }), newFinding(2, { request: 'young' })])
  await sql`update finding_evidence set created_at = now() - interval '31 days' where request = 'old'`
  await retained()
  expect([...(await sql`select request from finding_evidence`)]).toEqual([{ request: 'young' }])
  expect(await sql`select from findings`).toHaveLength(2)
})
