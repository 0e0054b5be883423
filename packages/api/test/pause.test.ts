import { formatId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

type Scan = { state: string; pauseRequestedAt: string | null }
const act = async (name: 'pause' | 'resume' | 'cancel', scanId: string, sent = {}) =>
  await api.send<Scan & ProblemBody>('POST', `/v1/scans/${formatId('scan', scanId)}/${name}`, sent)
const order = (shards = 1) => orderScan(api.db.sql, api.db.workspaceId, shards)

test('a queued scan is paused at once and resumed to queued; a second time is 200 and changes nothing', async () => {
  const { sql } = api.db
  const scanId = await order(2)
  const first = await act('pause', scanId, { headers: { 'Idempotency-Key': 'p-1' } })
  expect([first.status, first.body.state]).toEqual([202, 'paused'])
  const second = await act('pause', scanId, { body: {} })
  expect([second.status, second.body.pauseRequestedAt]).toEqual([200, first.body.pauseRequestedAt])
  const rings = api.rings()
  const resumed = await act('resume', scanId)
  expect([resumed.status, resumed.body]).toMatchObject([202, { state: 'queued', pauseRequestedAt: null }])
  expect(api.rings()).toBe(rings + 1)
  expect((await act('resume', scanId)).status).toBe(200)
  const audits = await sql`select action from audit_events where subject = ${scanId} order by id`
  expect(audits.map(({ action }) => action as string)).toEqual(['scan.ordered', 'scan.pause-requested', 'scan.resumed'])
  await act('cancel', scanId)
})

test('a running scan stays running until its shard ended; resumed before that it goes on', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await order(2)
  const shard = await claim(api.db)
  await settleScan(sql, workspaceId, scanId)
  for (let n = 0; n < 2; n++) {
    const { status, body } = await act('pause', scanId)
    expect([status, body.state, body.pauseRequestedAt === null]).toEqual([202, 'running', false])
  }
  const resumed = await act('resume', scanId)
  expect([resumed.status, resumed.body]).toMatchObject([202, { state: 'running', pauseRequestedAt: null }])
  await act('pause', scanId)
  await finishShard(sql, shard, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  const paused = await act('pause', scanId)
  expect([paused.status, paused.body.state]).toEqual([200, 'paused'])
  await act('cancel', scanId)
})

test('what has ended or is being cancelled is 409', async () => {
  const scanId = await order()
  const shard = await claim(api.db)
  await act('cancel', scanId)
  for (const name of ['pause', 'resume'] as const) {
    const { status, body } = await act(name, scanId)
    expect([status, body.code, body.detail]).toEqual([409, 'scan-already-finished', 'The scan is being cancelled'])
  }
  await finishShard(api.db.sql, shard, endOf([0], { state: 'cancelled', targets: [] }))
  await settleScan(api.db.sql, api.db.workspaceId, scanId)
  for (const name of ['pause', 'resume'] as const) expect((await act(name, scanId)).status).toBe(409)
})

test('fields, a broken key, an unknown scan and a foreign one are refused', async () => {
  const scanId = await order()
  const unknown = await act('pause', scanId, { body: { now: true } })
  expect(unknown.body.errors).toMatchObject([{ pointer: '/now', code: 'unknown-field' }])
  expect((await act('resume', scanId, { headers: { 'Idempotency-Key': '' } })).body.code).toBe('malformed-request')
  expect((await act('pause', api.db.workspaceId)).body.code).toBe('scan-not-found')
  const key = await foreignKey(api.db)
  for (const name of ['pause', 'resume'] as const)
    expect((await act(name, scanId, { key })).body.code).toBe('scan-not-found')
})
