import { formatId } from '@assayer/schema'
import { finishShard, recordFindings, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { formatCursor } from '../src/request/cursor.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim, finding, record } from './scan-data.ts'

type Item = { id: string; state: string }
type List = { data: Item[]; nextCursor: string | null }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const list = async <Body = List>(path: string) => (await api.send<Body>('GET', path)).body

test('lists page newest first and stay stable while new ones come', async () => {
  const { sql, workspaceId } = api.db
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.unshift(formatId('scan', await orderScan(sql, workspaceId)))
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: List = await list(`/v1/scans?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.nextCursor
    await orderScan(sql, workspaceId)
  } while (cursor !== null)
  expect(seen).toEqual(ids)
})

test('a repeated state filter is OR', async () => {
  const { data } = await list('/v1/scans?state=queued&state=running')
  expect(data.length).toBeGreaterThan(0)
  expect((await list('/v1/scans?state=completed')).data).toEqual([])
})

test.each([
  ['limit=0', 422, 'invalid-input', 'limit'],
  ['limit=201', 422, 'invalid-input', 'limit'],
  ['limit=ten', 422, 'invalid-input', 'limit'],
  ['limit=1&limit=2', 422, 'invalid-input', 'limit'],
  ['state=done', 422, 'invalid-input', 'state'],
  ['page=2', 422, 'invalid-input', 'page'],
  ['cursor=zzz', 400, 'malformed-request', 'cursor'],
  [`cursor=${formatCursor('findings', '1_7')}`, 400, 'malformed-request', 'cursor'],
  [`cursor=${formatCursor('scans', "'; drop table scans")}`, 400, 'malformed-request', 'cursor'],
])('the query %s is refused by name', async (query, status, code, name) => {
  const answer = await api.send<ProblemBody>('GET', `/v1/scans?${query}`)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(answer.body.errors?.[0]).toMatchObject({ in: 'query', name })
})

test('a scan has an ETag that changes with it, and 304 by If-None-Match, weakened by a proxy or not', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  const path = `/v1/scans/${formatId('scan', scanId)}`
  const etag = (await api.send('GET', path)).headers.get('ETag') ?? ''
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await api.send('GET', path, { headers: { 'If-None-Match': tag } })
    expect([again.status, again.body, again.headers.get('ETag')]).toEqual([304, null, etag])
  }
  await sql`update shards set percent = 50 where scan_id = ${scanId}`
  expect((await api.send('GET', path, { headers: { 'If-None-Match': etag } })).status).toBe(200)
})

test.each([
  'scn_x',
  'SCN_01h455vb4pex5vsknk084sn02q',
  'key_01h455vb4pex5vsknk084sn02q',
  'scn_01h455vb4pex5vsknk084sn02q',
  'scn_10000000000000000000000000',
])('the id %s is a scan that is not there', async (id) => {
  expect((await api.send<ProblemBody>('GET', `/v1/scans/${id}`)).body.code).toBe('scan-not-found')
})

test('findings are rendered as the contract draws them, page, filter by severity, and say whether they are confirmed', async () => {
  const { db } = api
  await db.sql`update shards set state = 'cancelled', ended_at = now()`
  const scanId = await orderScan(db.sql, db.workspaceId, 1)
  const path = `/v1/scans/${formatId('scan', scanId)}/findings`
  const shard = await claim(db)
  const detail = {
    tags: ['panel', 7],
    references: 'https://example.com/one',
    classification: { 'cve-id': ['CVE-2026-1'], 'cwe-id': null, 'cvss-score': 7.5, 'epss-score': 'high' },
  }
  await recordFindings(db.sql, shard, [finding(1, { severity: 'info' }), finding(2, { detail })])
  type Finding = { id: string; confirmed: boolean; severity: string; fingerprint: string }
  type Findings = { data: Finding[]; nextCursor: string | null }
  const first = await list<Findings>(`${path}?limit=1`)
  expect(first.data).toMatchObject([
    {
      scanId: formatId('scan', scanId),
      shardId: formatId('shard', shard.shardId),
      confirmed: false,
      tags: ['panel'],
      references: ['https://example.com/one'],
      description: null,
      classification: { cveIds: ['CVE-2026-1'], cweIds: [], cvssScore: 7.5, cvssMetrics: null, epssScore: null },
      at: null,
    },
  ])
  await record(db, shard, 3, 3)
  const second = await list<Findings>(`${path}?limit=1&cursor=${first.nextCursor}`)
  expect([second.data.map(({ severity }) => severity), second.nextCursor]).toEqual([['info'], null])
  expect((await list<Findings>(`${path}?severity=info&severity=low`)).data).toHaveLength(1)
  await finishShard(db.sql, shard, endOf([0]))
  await settleScan(db.sql, db.workspaceId, scanId)
  expect((await list<Findings>(path)).data.map(({ confirmed }) => confirmed)).toEqual([true, true, true])
  expect(await list(`/v1/scans/${formatId('scan', scanId)}`)).toMatchObject({
    state: 'completed',
    findings: { total: 3, high: 2, info: 1 },
    progress: { percent: 100, etaSeconds: 0 },
  })
})
