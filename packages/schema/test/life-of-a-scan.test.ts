import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  acceptScan,
  claimShard,
  finishShard,
  getScan,
  keptAnswer,
  listScanFindings,
  recordFindings,
  selectTemplates,
  settleScan,
} from '../src/store/index.ts'
import type { NewFinding } from '../src/store/index.ts'
import { asWorker, endOf, installTestBundle, orderScan, testBundle, testDatabase, testOrder } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())

const finding = (n: number): NewFinding => ({
  id: newId(),
  fingerprint: n.toString(16).padStart(64, '0'),
  templateId: 'first',
  name: 'First',
  severity: 'high',
  type: 'http',
  matcherName: null,
  extractorName: null,
  target: 'https://h0.example.com',
  host: 'h0.example.com',
  port: 443,
  ip: '192.0.2.1',
  matchedAt: `https://h0.example.com/${n}`,
  extractedResults: [],
  detail: {},
  at: null,
  request: 'GET / HTTP/1.1',
  response: null,
})

test('an order is claimed, found, finished and settled, with one event a kind', async () => {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 2)
  const worker = newId()
  const first = await claimShard(sql, asWorker(worker))
  expect(first).toMatchObject({ scanId, attempt: 1, templateIds: ['first'], origin: 'starter' })
  expect(await settleScan(sql, workspaceId, scanId)).toBe('running')
  expect(await recordFindings(sql, first!, [finding(1), finding(2)])).toBe(2)
  expect(await recordFindings(sql, first!, [finding(2), finding(3)])).toBe(1)
  expect(await finishShard(sql, first!, endOf([0]))).toBe(true)
  expect(await settleScan(sql, workspaceId, scanId)).toBeNull()
  const second = await claimShard(sql, asWorker(worker))
  expect(await finishShard(sql, second!, endOf([1]))).toBe(true)
  expect(await settleScan(sql, workspaceId, scanId)).toBe('completed')
  expect(await settleScan(sql, workspaceId, scanId)).toBeNull()
  const scan = await getScan(sql, workspaceId, scanId)
  expect(scan).toMatchObject({
    state: 'completed',
    percent: 100,
    shards: { total: 2, completed: 2 },
    findings: { total: 3, high: 3, unconfirmed: 0 },
    coverage: { asked: 2, covered: 2 },
  })
  const rows = await listScanFindings(sql, workspaceId, scanId, { severities: [], before: null, limit: 10 })
  expect(rows.map((row) => [row.sequence, row.confirmed])).toEqual([
    ['4', true],
    ['2', true],
    ['1', true],
  ])
  const events = await sql`select kind from outbox where scan_id = ${scanId} order by kind`
  expect(events.map((row) => row['kind'])).toEqual(['scan.completed', 'scan.started'])
})

test('one of fifty equal idempotency keys makes the scan, the others read its answer', async () => {
  const { sql, workspaceId } = db
  const key = newId()
  const made = await Promise.all(
    Array.from({ length: 50 }, () => {
      const order = testOrder(workspaceId, 1)
      const idempotency = { key, fingerprint: Buffer.alloc(32), location: '/v1/scans/x', answer: { id: order.scanId } }
      return acceptScan(sql, workspaceId, { ...order, idempotency })
    }),
  )
  expect(made.filter((row) => row !== null)).toHaveLength(1)
  const kept = await keptAnswer(sql, workspaceId, key)
  const [scan] = await sql`select created_at from scans where id = ${String(kept?.answer?.['id'])}`
  expect(kept?.answer?.['createdAt']).toBe(scan?.['created_at'].toISOString())
})

test('a selection is OR inside a list and AND between them, and excludes win', async () => {
  const all = { ids: [], tags: [], severities: [], protocols: [], excludeIds: [], excludeTags: [] }
  const select = async (change: object) =>
    (await selectTemplates(db.sql, testBundle.digest, { ...all, ...change })).map((row) => row.id)
  expect(await select({})).toEqual(['first', 'second'])
  expect(await select({ tags: ['panel', 'network'] })).toEqual(['first', 'second'])
  expect(await select({ tags: ['panel'], severities: ['info'] })).toEqual([])
  expect(await select({ excludeTags: ['dos'] })).toEqual(['first'])
  expect(await select({ ids: ['first'], excludeIds: ['first'] })).toEqual([])
})
