import { formatId, severities } from '@assayer/schema'
import { connect, recordFindings } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim, finding } from './scan-data.ts'

type Finding = { id: string; scanId: string; severity: string; templateId: string; matchedAt: string }
type List = { data: Finding[]; nextCursor: string | null }

let api: TestApi
let scans: string[]
beforeAll(async () => {
  api = await testApi()
  const { sql, workspaceId } = api.db
  scans = []
  for (const team of ['red', 'blue']) {
    const scanId = await orderScan(sql, workspaceId, 1, { labels: { team, url: 'a:b' } })
    const batch = severities.flatMap((severity, n) => [
      finding(n, { severity, templateId: `t-${n}` }),
      finding(n + 6, { severity, host: 'other.example.com', matchedAt: `https://other.example.com/100%_${n}` }),
    ])
    await recordFindings(sql, await claim(api.db), batch.toReversed())
    scans.push(formatId('scan', scanId))
  }
})
afterAll(() => api.close())

const list = async (path: string) => (await api.send<List>('GET', path)).body
const paths = () => [`/v1/scans/${scans[0]}/findings`, '/v1/findings']

async function walk(path: string): Promise<Finding[]> {
  const seen: Finding[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: List = await list(`${path}&limit=5${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.data)
    cursor = page.nextCursor
  }
  return seen
}

test('findings page in either order without loss or repeat, of one scan and of all', async () => {
  for (const [at, path] of paths().entries()) {
    const newest = await walk(`${path}?sort=newest`)
    const sorted = await walk(`${path}?sort=severity`)
    expect(new Set(newest.map(({ id }) => id)).size).toBe(at === 0 ? 12 : 24)
    const ranks = newest.map(({ severity }) => severities.indexOf(severity as (typeof severities)[number]))
    const byRank = newest.map((one, n) => ({ one, rank: ranks[n] ?? 0 })).toSorted((a, b) => a.rank - b.rank)
    expect(sorted).toEqual(byRank.map(({ one }) => one))
  }
})

test.each([
  ['severity=high&severity=info&sort=severity', 4],
  ['templateId=t-1&templateId=t-2', 2],
  ['host=other.example.com', 6],
  ['q=100%25_3', 1],
  ['q=%25', 6],
  ['q=OTHER.example&severity=low', 1],
  ['q=nothing-like-it', 0],
  ['since=2020-01-01T00:00:00Z', 12],
  ['since=2020-01-01T00:00:00+01:00', 12],
  ['since=2099-01-01T00:00:00Z', 0],
])('the filter %s leaves %i findings of a scan, and twice as many of both', async (query, n) => {
  const found = await Promise.all(paths().map((path) => list(`${path}?${query}`)))
  expect(found.map(({ data }) => data.length)).toEqual([n, 2 * n])
})

test('a search that the database gives up on says how to narrow it; a list without one does not', async () => {
  const short = connect(`${api.db.url}?statement_timeout=1000&lock_timeout=0`, { name: 'short', max: 2 })
  const holder = connect(api.db.url, { name: 'holder', max: 1 })
  const app = createApp({ ...api.deps, sql: short })
  const ask = async (path: string) => {
    const response = await app.request(path, { headers: { Authorization: `Bearer ${api.key.text}` } })
    return (await response.json()) as ProblemBody
  }
  try {
    // What waits for the lock runs into the time-out of statements, as a long search does.
    await holder`begin`
    await holder`lock table findings in access exclusive mode`
    for (const path of paths()) {
      const detail = expect.stringContaining('narrow it') as string
      expect(await ask(`${path}?q=x`)).toMatchObject({ status: 503, code: 'overloaded', detail })
      expect(await ask(path)).toMatchObject({ status: 503, code: 'database-unavailable' })
    }
  } finally {
    await Promise.all([short.end({ timeout: 1 }), holder.end({ timeout: 1 })])
  }
})

test('findings across scans are filtered by labels of their scan, all of them', async () => {
  const of = async (query: string) => new Set((await list(`/v1/findings?${query}`)).data.map(({ scanId }) => scanId))
  expect(await of('scanLabel=team:red')).toEqual(new Set([scans[0]]))
  expect(await of('scanLabel=team:blue&scanLabel=url:a:b&sort=severity')).toEqual(new Set([scans[1]]))
  expect(await of('scanLabel=team:blue&scanLabel=team:red')).toEqual(new Set())
})

test.each([
  'sort=oldest',
  'sort=newest&sort=severity',
  'since=yesterday',
  'q=',
  'q=%00',
  `host=${'x'.repeat(501)}`,
  'scanLabel=Team',
  'severity=High',
])('%s is refused by name', async (query) => {
  const { status, body } = await api.send<ProblemBody>('GET', `/v1/findings?${query}`)
  expect([status, body.errors?.[0]?.name]).toEqual([422, query.slice(0, query.indexOf('='))])
})

test('a cursor goes on behind the same finding in the other order', async () => {
  const all = await list('/v1/findings?sort=severity')
  const { data, nextCursor } = await list('/v1/findings?limit=1')
  const rest = await list(`/v1/findings?sort=severity&cursor=${nextCursor}`)
  const at = all.data.findIndex(({ id }) => id === data[0]?.id)
  expect(rest.data).toEqual(all.data.slice(at + 1))
})

test('one finding has its evidence for a key that may read it, and that it was read is kept', async () => {
  const { db } = api
  const scanId = await orderScan(db.sql, db.workspaceId)
  const [withIt, without] = [finding(1, { request: 'GET / HTTP/1.1', response: 'HTTP/1.1 200 OK' }), finding(2)]
  await recordFindings(db.sql, await claim(db), [withIt, without])
  const path = `/v1/findings/${formatId('finding', withIt.id)}`
  const reader = await addKey(db, db.workspaceId, presets.reader)
  const closed = await api.send('GET', path, { key: reader })
  expect([closed.status, 'evidence' in closed.body]).toEqual([200, false])
  const audits = () => db.sql`select subject, actor from audit_events where action = 'evidence.read'`
  expect(await audits()).toEqual([])
  const open = await api.send('GET', path)
  expect(open.body).toEqual({ ...closed.body, evidence: { request: 'GET / HTTP/1.1', response: 'HTTP/1.1 200 OK' } })
  expect(await audits()).toEqual([{ subject: withIt.id, actor: { kind: 'key', id: api.key.id } }])
  const none = await api.send('GET', `/v1/findings/${formatId('finding', without.id)}`)
  expect(none.body).toMatchObject({ scanId: formatId('scan', scanId), evidence: null })
  expect(await audits()).toHaveLength(1)
  const again = { 'If-None-Match': open.headers.get('ETag') ?? '' }
  expect((await api.send('GET', path, { headers: again })).status).toBe(304)
  const head = await api.send('HEAD', path)
  expect([head.status, head.headers.get('ETag')]).toEqual([200, open.headers.get('ETag')])
  expect(await audits()).toHaveLength(1)
  const other = await api.send('GET', path, { headers: { 'If-None-Match': '"1-other"' } })
  expect(other.body).toEqual(open.body)
  expect(await audits()).toHaveLength(2)
})

test('what is no finding, and a foreign one, is 404', async () => {
  const key = await foreignKey(api.db)
  const [first] = (await list('/v1/findings')).data
  for (const [id, sent] of [
    ['fnd_x', {}],
    ['fnd_01h455vb4pex5vsknk084sn02q', {}],
    [first?.id, { key }],
  ] as const)
    expect((await api.send<ProblemBody>('GET', `/v1/findings/${id}`, sent)).body.code).toBe('finding-not-found')
  expect((await api.send<List>('GET', '/v1/findings', { key })).body.data).toEqual([])
})
