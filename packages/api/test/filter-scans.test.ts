import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
let ids: string[]
beforeAll(async () => {
  api = await testApi()
  const { sql, workspaceId } = api.db
  const web = await orderScan(sql, workspaceId, 1, { labels: { team: 'web', url: 'https://x' } })
  const ops = await orderScan(sql, workspaceId, 2, { labels: { team: 'ops', url: 'https://x' } })
  await sql`update scans set created_at = '2026-01-02T00:00:00Z' where id = ${web}`
  ids = [formatId('scan', web), formatId('scan', ops)]
})
afterAll(() => api.close())

test.each([
  ['label=team:web', [0]],
  ['label=url:https://x', [0, 1]],
  ['label=url:https://x&label=team:ops', [1]],
  ['label=team:web&label=team:ops', []],
  ['target=h0.example.com', [0, 1]],
  ['target=H1.example.com', [1]],
  ['target=https://h1.example.com/', [1]],
  ['target=http://h1.example.com', []],
  ['target=example.com', []],
  ['createdBefore=2026-01-02T00:00:00.001Z', [0]],
  ['createdBefore=2026-01-02T00:00:00Z', []],
  ['createdAfter=2026-01-02T01:00:00%2B01:00', [1]],
  ['createdAfter=2026-01-01T00:00:00Z&createdBefore=2026-02-01T00:00:00Z&state=queued&label=team:web', [0]],
])('the filter %s finds the scans %j', async (query, which) => {
  const { body } = await api.send<{ data: { id: string }[] }>('GET', `/v1/scans?${query}`)
  expect(body.data.map(({ id }) => ids.indexOf(id)).toSorted((one, other) => one - other)).toEqual(which)
})

test.each([
  'label=web',
  'target=-x',
  'target=a.example.com&target=b.example.com',
  'createdAfter=2026',
  'createdBefore=',
])('the filter %s is refused by name', async (query) => {
  const { status, body } = await api.send<ProblemBody>('GET', `/v1/scans?${query}`)
  expect([status, body.errors?.[0]?.name]).toEqual([422, query.slice(0, query.indexOf('='))])
})
