import { formatId, newId } from '@assayer/schema'
import { getScan, requestPause } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

type Scan = { id: string; labels: Record<string, string>; priority: number }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const order = (labels: Record<string, string> = { team: 'web', stage: 'test' }) =>
  orderScan(api.db.sql, api.db.workspaceId, 3, { labels })
const pathOf = (scanId: string) => `/v1/scans/${formatId('scan', scanId)}`
const patch = (scanId: string, body: unknown, sent: Sent = {}) =>
  api.send<Scan & ProblemBody>('PATCH', pathOf(scanId), { body, ...sent })

test('labels merge one by one, and null takes away', async () => {
  const scanId = await order()
  const media = { headers: { 'Content-Type': 'application/merge-patch+json' } }
  const merged = await patch(scanId, { labels: { team: null, stage: 'live', new: '' } }, media)
  expect([merged.status, merged.body.labels, merged.body.priority]).toEqual([200, { stage: 'live', new: '' }, 5])
  expect((await patch(scanId, { labels: null })).body.labels).toEqual({})
  expect((await patch(scanId, {})).status).toBe(200)
  const audits = await api.db.sql`select detail from audit_events where action = 'scan.changed' and subject = ${scanId}`
  expect(audits).toHaveLength(2)
})

test('a priority reaches the shards that are not over, and null is the default', async () => {
  const { sql } = api.db
  const scanId = await order()
  await sql`update shards set state = 'cancelled', ended_at = now() where scan_id <> ${scanId} and state = 'queued'`
  const running = await claim(api.db)
  await sql`update shards set state = 'completed', ended_at = now() where scan_id = ${scanId} and ordinal = 2 and state = 'queued'`
  expect((await patch(scanId, { priority: 9 })).body.priority).toBe(9)
  const rows = await sql<{ priority: number; over: boolean }[]>`
    select priority, ended_at is not null as over from shards where scan_id = ${scanId}`
  for (const { priority, over } of rows) expect(priority).toBe(over ? 5 : 9)
  expect(running.scanId).toBe(scanId)
  expect((await patch(scanId, { priority: null })).body.priority).toBe(5)
})

test('If-Match holds back a change of what has changed, and not for progress or a weakened tag', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await order()
  const etag = (await api.send('GET', pathOf(scanId))).headers.get('ETag') ?? ''
  await sql`update shards set percent = 50 where scan_id = ${scanId}`
  const first = await patch(scanId, { priority: 7 }, { headers: { 'If-Match': `W/${etag}` } })
  expect([first.status, first.headers.get('ETag') === etag]).toEqual([200, false])
  for (const tag of [etag, '"other"', '', '"9999999999-a"']) {
    const { status, body } = await patch(scanId, { priority: 1 }, { headers: { 'If-Match': tag } })
    expect([status, body.code]).toEqual([412, 'version-mismatch'])
  }
  const tags = ['*', first.headers.get('ETag') ?? '']
  for (const tag of tags)
    expect((await patch(scanId, { priority: 7 }, { headers: { 'If-Match': tag } })).status).toBe(200)
  await requestPause(sql, workspaceId, scanId, { id: newId(), actor: { kind: 'key', id: newId() }, requestId: null })
  expect((await patch(scanId, { priority: 7 }, { headers: { 'If-Match': tags[1] ?? '' } })).status).toBe(412)
})

test('changes that meet are merged, none is lost', async () => {
  const scanId = await order({})
  const keys = ['a', 'b', 'c', 'd']
  const answers = await Promise.all(keys.map((key) => patch(scanId, { labels: { [key]: 'x' }, priority: 8 })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const row = await getScan(api.db.sql, api.db.workspaceId, scanId)
  expect(Object.keys(row?.labels ?? {}).toSorted()).toEqual(keys)
})

test.each([
  [{ labels: { Team: 'x' } }, '/labels/Team'],
  [{ labels: { team: 7 } }, '/labels/team'],
  [{ labels: { team: 'x'.repeat(101) } }, '/labels/team'],
  [{ labels: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`l${n}`, ''])) }, '/labels'],
  [{ labels: [] }, '/labels'],
  [{ priority: 10 }, '/priority'],
  [{ state: 'completed' }, '/state'],
])('%j is refused', async (body, pointer) => {
  const answer = await patch(await order({}), body)
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer])
})

test('another media type, an unknown scan and a foreign one are refused', async () => {
  const scanId = await order()
  const headers = { 'Content-Type': 'application/json-patch+json' }
  expect((await patch(scanId, {}, { headers })).body.code).toBe('unsupported-media-type')
  expect((await patch(newId(), {})).body.code).toBe('scan-not-found')
  expect((await patch(scanId, {}, { key: await foreignKey(api.db) })).body.code).toBe('scan-not-found')
})
