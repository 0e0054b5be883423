import { formatId, newId, parseId } from '@assayer/schema'
import { cancelWaitingShards, keptAnswer, requestCancel, requestPause, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

const newAudit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const order = () => orderScan(api.db.sql, api.db.workspaceId, 2)
const at = (scanId: string) => `/v1/scans/${formatId('scan', scanId)}`
const post = async (path: string, key: string, sent: object = {}) => {
  const answer = await api.send<ProblemBody>('POST', path, { headers: { 'Idempotency-Key': key }, ...sent })
  const { status, body, headers } = answer
  return { status, body, replayed: headers.get('Idempotency-Replayed') }
}
const audits = async (subject: string) => {
  const rows = await api.db.sql`select action from audit_events where subject = ${subject} order by created_at, id`
  return rows.map(({ action }) => action as string).filter((action) => action !== 'scan.ordered')
}
async function ended(): Promise<string> {
  const { sql, workspaceId } = api.db
  const scanId = await order()
  await requestCancel(sql, workspaceId, scanId, newAudit())
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  return scanId
}

test('a pause that comes again after a resume gets its first answer and pauses nothing', async () => {
  const scanId = await order()
  const first = await post(`${at(scanId)}/pause`, 'pause')
  expect([first.status, first.replayed]).toEqual([202, null])
  const resumed = await post(`${at(scanId)}/resume`, 'resume')
  expect(await post(`${at(scanId)}/pause`, '"pause"')).toEqual({ ...first, replayed: 'true' })
  expect((await api.send('GET', at(scanId))).body).toMatchObject({ state: 'queued', pauseRequestedAt: null })
  await api.send('POST', `${at(scanId)}/pause`)
  expect(await post(`${at(scanId)}/resume`, 'resume')).toEqual({ ...resumed, replayed: 'true' })
  expect((await api.send('GET', at(scanId))).body).toMatchObject({ state: 'paused' })
  const cancelled = await post(`${at(scanId)}/cancel`, 'cancel')
  expect([cancelled.status, cancelled.body]).toMatchObject([202, { state: 'cancelled' }])
  expect(await post(`${at(scanId)}/cancel`, 'cancel')).toEqual({ ...cancelled, replayed: 'true' })
  // What would be refused by now was answered before.
  expect(await post(`${at(scanId)}/pause`, 'pause')).toEqual({ ...first, replayed: 'true' })
  const done = ['scan.pause-requested', 'scan.resumed', 'scan.pause-requested', 'scan.cancel-requested']
  expect(await audits(scanId)).toEqual(done)
})

test('a key of one act is refused for another one, another scan and an order', async () => {
  const scanId = await order()
  await post(`${at(scanId)}/pause`, 'bound')
  for (const path of [`${at(scanId)}/resume`, `${at(scanId)}/cancel`, `${at(await order())}/pause`, '/v1/scans']) {
    const body = path === '/v1/scans' ? { targets: ['example.com'] } : {}
    const { status, body: told } = await post(path, 'bound', { body })
    expect([path, status, told.code]).toEqual([path, 422, 'idempotency-key-reused'])
  }
  expect(await audits(scanId)).toEqual(['scan.pause-requested'])
})

test('ten at once pause once, and one of them is the first', async () => {
  const scanId = await order()
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(`${at(scanId)}/pause`, 'ten')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1)
  expect(await audits(scanId)).toEqual(['scan.pause-requested'])
})

test('an act that is refused keeps no key', async () => {
  const over = await ended()
  expect((await post(`${at(over)}/pause`, 'refused')).status).toBe(409)
  expect(await keptAnswer(api.db.sql, api.db.workspaceId, 'refused')).toBeNull()
})

test('an act whose process died before its answer is not done again, and is answered', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await order()
  const fingerprint = await api.deps.sha256(`POST ${at(scanId)}/pause\n{}`)
  await requestPause(sql, workspaceId, scanId, newAudit(), { key: 'died', fingerprint })
  const answer = await post(`${at(scanId)}/pause`, 'died')
  expect([answer.status, answer.replayed, answer.body]).toMatchObject([202, null, { state: 'paused' }])
  expect((await post(`${at(scanId)}/pause`, 'died')).replayed).toBe('true')
  expect(await audits(scanId)).toEqual(['scan.pause-requested'])
})

test('a key that deleted scans deletes no others', async () => {
  const [one, other] = [await ended(), await ended()]
  const remove = (...ids: string[]) =>
    post('/v1/scans/delete', 'delete', { body: { ids: ids.map((id) => formatId('scan', id)) } })
  const first = await remove(one)
  expect(first.body).toEqual({ data: [{ id: formatId('scan', one), outcome: 'deleted' }] })
  expect((await remove(other)).body.code).toBe('idempotency-key-reused')
  expect((await api.send('GET', at(other))).status).toBe(200)
  expect(await remove(one)).toEqual({ ...first, replayed: 'true' })
})

test('a sample, a retry and a replay of webhooks are each sent once', async () => {
  const { sql } = api.db
  const body = { url: 'https://hooks.example.com/a' }
  const { id } = (await api.send<{ id: string }>('POST', '/v1/webhook-endpoints', { body })).body
  const endpoint = `/v1/webhook-endpoints/${id}`
  const sample = await post(`${endpoint}/test`, 'sample')
  expect([sample.status, sample.replayed]).toEqual([202, null])
  expect(await post(`${endpoint}/test`, 'sample')).toEqual({ ...sample, replayed: 'true' })
  expect(await sql`select id from webhook_deliveries`).toHaveLength(1)
  const die = () => sql`update webhook_deliveries set state = 'dead', ended_at = now()`
  const states = async () => (await sql`select state from webhook_deliveries`).map(({ state }) => state as string)
  const delivery = (sample.body as unknown as { id: string }).id
  const since = '2020-01-01T00:00:00Z'
  for (const path of [`/v1/webhook-deliveries/${delivery}/retry`, `${endpoint}/replay?since=${since}`]) {
    await die()
    const first = await post(path, path)
    expect([first.status, first.replayed, await states()]).toEqual([202, null, ['pending']])
    await die()
    expect(await post(path, path)).toEqual({ ...first, replayed: 'true' })
    expect(await states()).toEqual(['dead'])
  }
  const again = await post(`${endpoint}/replay?since=2021-01-01T00:00:00Z`, `${endpoint}/replay?since=${since}`)
  expect(again.body.code).toBe('idempotency-key-reused')
  const actions = ['webhook-endpoint.created', 'webhook-endpoint.tested', 'webhook-endpoint.replayed']
  expect(await audits(parseId('webhook-endpoint', id) ?? '')).toEqual(actions)
  expect((await api.send('PATCH', endpoint, { body: { enabled: false } })).body).toMatchObject({ enabled: false })
  expect((await post(`${endpoint}/test`, 'disabled')).body).toMatchObject({ code: 'in-use' })
})
