import { formatId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

type Scan = { state: string; cancelRequestedAt: string | null }
const cancel = (scanId: string, sent = {}) =>
  api.send<Scan & ProblemBody>('POST', `/v1/scans/${formatId('scan', scanId)}/cancel`, sent)

test('what waits is cancelled at once; a second cancel is 200 and changes nothing', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId, 3)
  const first = await cancel(scanId, { headers: { 'Idempotency-Key': 'c-1' } })
  expect([first.status, first.body.state]).toEqual([202, 'cancelled'])
  const second = await cancel(scanId, { body: {} })
  expect([second.status, second.body.cancelRequestedAt]).toEqual([200, first.body.cancelRequestedAt])
  const audits = await sql`select from audit_events where action = 'scan.cancel-requested' and subject = ${scanId}`
  expect(audits).toHaveLength(1)
})

test('a running scan stays running until its worker stopped it, and cancelling it again is 202 again', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  const shard = await claim(api.db)
  await settleScan(sql, workspaceId, scanId)
  for (let n = 0; n < 2; n++) {
    const { status, body } = await cancel(scanId)
    expect([status, body.state, body.cancelRequestedAt === null]).toEqual([202, 'running', false])
  }
  await finishShard(sql, shard, endOf([0], { state: 'cancelled', targets: [] }))
  await settleScan(sql, workspaceId, scanId)
  expect((await cancel(scanId)).status).toBe(200)
})

test('a scan that ended otherwise is 409', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  await finishShard(sql, await claim(api.db), endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  const { status, body } = await cancel(scanId)
  expect([status, body.code]).toEqual([409, 'scan-already-finished'])
})

test('fields, a broken key and an unknown scan are refused', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  const unknown = await cancel(scanId, { body: { now: true } })
  expect(unknown.body.errors).toMatchObject([{ pointer: '/now', code: 'unknown-field' }])
  expect((await cancel(scanId, { headers: { 'Idempotency-Key': '' } })).body.code).toBe('malformed-request')
  expect((await cancel(workspaceId)).body.code).toBe('scan-not-found')
  const [row] = await sql`select cancel_requested_at as at from scans where id = ${scanId}`
  expect(row?.['at']).toBeNull()
})
