import { formatId, newId } from '@assayer/schema'
import { cancelWaitingShards, requestCancel, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })

async function endedScan(): Promise<string> {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  await requestCancel(sql, workspaceId, scanId, audit())
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  return `/v1/scans/${formatId('scan', scanId)}`
}

const made = async (route: string, body: object) =>
  `${route}/${(await api.send<{ id: string }>('POST', route, { body })).body.id}`

test.each<[string, () => Promise<string>]>([
  ['scan', endedScan],
  ['target', () => made('/v1/targets', { name: 'kept', address: 'https://example.com' })],
  ['profile', () => made('/v1/profiles', { name: 'kept' })],
  ['scope rule', () => made('/v1/scope-rules', { effect: 'deny', pattern: 'x.example.com', note: 'test' })],
  ['key', () => made('/v1/keys', { name: 'kept', preset: 'reader' })],
  ['trigger', () => made('/v1/triggers', { name: 'kept', kind: 'github', order: { targets: ['example.com'] } })],
  ['webhook endpoint', () => made('/v1/webhook-endpoints', { url: 'https://hooks.example.com/a' })],
])('a %s is deleted only while it has the version that If-Match names', async (_, make) => {
  const path = await make()
  const etag = (await api.send('GET', path)).headers.get('ETag') ?? ''
  const stale = await api.send<ProblemBody>('DELETE', path, { headers: { 'If-Match': '"99-stale"' } })
  expect([stale.status, stale.body.code]).toEqual([412, 'version-mismatch'])
  expect((await api.send('GET', path)).status).toBe(200)
  expect((await api.send('DELETE', path, { headers: { 'If-Match': etag } })).status).toBe(204)
  const again = await api.send<ProblemBody>('DELETE', path, { headers: { 'If-Match': etag } })
  expect(again.status).toBe(404)
})
