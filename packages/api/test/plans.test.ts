import { formatId, idPrefixes } from '@assayer/schema'
import type { IdKind } from '@assayer/schema'
import * as store from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asWorker, endOf, orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { makeDocument } from '../src/openapi/document.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { explainingPool, fillDatabase, idOf, indexConditions, readWhole } from '../../schema/test/large-database.ts'
import type { Planned } from '../../schema/test/large-database.ts'
import { finding } from './scan-data.ts'

const told: Planned[] = []
let api: TestApi
let sql: Sql
let large: Set<string>
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  api = await testApi()
  await fillDatabase(api.db)
  sql = explainingPool(api.db.url, told)
  app = createApp({ ...api.deps, sql, health: sql })
  const tables = await api.db.sql<
    { name: string }[]
  >`select relname as name from pg_class where relkind = 'r' and reltuples >= 5000`
  large = new Set(tables.map(({ name }) => name))
}, 300_000)
afterAll(async () => {
  await sql?.end({ timeout: 1 })
  await api.close()
})

/** Statements since the last look that read a large table from end to end. */
function wholeReads(): string[] {
  return told.splice(0).flatMap(({ text, plan }) => {
    const tables = readWhole(plan).filter((name) => large.has(name))
    return tables.length > 0 ? [`${tables.join(', ')}: ${text.trim().slice(0, 1500)}`] : []
  })
}

const first = { scan: idOf(1, 1), finding: idOf(3, 1), 'audit-event': idOf(4, 1) } as Partial<Record<IdKind, string>>
/** What each query parameter is asked with; one that is not here is asked with its name. */
const values: Record<string, string> = {
  ...{
    severity: 'critical',
    templateId: 'template-7',
    host: 'h7.example.com',
    q: 'needle',
    sort: 'severity',
    state: 'failed',
  },
  ...{ action: 'scan.deleted', actor: formatId('key', idOf(9, 1)), subject: formatId('scan', idOf(1, 1)) },
  ...{ since: '2020-01-01T00:00:00Z', createdAfter: '2020-01-01T00:00:00Z', createdBefore: '2020-01-01T00:00:00Z' },
  ...{ scanLabel: 'team:team-7', label: 'team:team-7', target: 'h7.example.com', limit: '200', format: 'jsonl' },
}

type Parameter = { name?: string; in?: string; required?: boolean }
type Operations = Record<string, { parameters?: Parameter[] }>

/** Every path with ids of each kind in place of its parameter, once without a query and once with each parameter it knows. */
function calls(): { method: string; path: string }[] {
  const { paths } = makeDocument() as { paths: Record<string, Operations> }
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) => {
      if (template.endsWith('/events')) return []
      const filled = template.includes('{')
        ? (Object.keys(idPrefixes) as IdKind[]).map((kind) =>
            template.replaceAll(/\{\w+\}/g, formatId(kind, first[kind] ?? idOf(9, 1))),
          )
        : [template]
      const names = parameters.flatMap(({ name, in: where }) =>
        where === 'query' && name !== undefined && name !== 'cursor' ? [name] : [],
      )
      const needed = parameters
        .filter((one) => one.required && one.in === 'query')
        .map(({ name = '' }) => `${name}=${values[name] ?? name}`)
      const queries =
        method === 'get' ? ['', ...names.map((name) => `${name}=${encodeURIComponent(values[name] ?? name)}`)] : ['']
      return filled.flatMap((path) =>
        queries.map((query) => ({
          method: method.toUpperCase(),
          path: `${path}?${[...needed, query].filter(Boolean).join('&')}`,
        })),
      )
    }),
  )
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; nextCursor?: string | null }> {
  const headers = {
    Authorization: `Bearer ${api.key.text}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
  }
  const sent = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }
  const response = await app.request(path, { method, headers, ...sent })
  const text = await response.text()
  const answer =
    response.headers.get('Content-Type') === 'application/json' && text !== ''
      ? (JSON.parse(text) as { nextCursor?: string })
      : {}
  return { status: response.status, ...answer }
}

test('a statement that reads a million rows is found out', async () => {
  await sql`select count(*) from findings where ip = '192.0.2.1'`
  await expect.poll(() => told.length).toBe(1)
  expect(wholeReads()).toEqual([expect.stringContaining('findings: select count(*)')])
})

test('no request reads a large table from end to end, whatever it filters by', { timeout: 240_000 }, async () => {
  expect(large).toContain('findings')
  const bad: string[] = []
  const broken: string[] = []
  let answered = 0
  for (const { method, path } of calls().toSorted((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'))) {
    const { status, nextCursor } = await ask(method, path)
    if (status === 200) answered++
    if (status >= 500) broken.push(`${method} ${path}: ${status}`)
    if (nextCursor) await ask(method, `${path}&cursor=${encodeURIComponent(nextCursor)}`)
    bad.push(...wholeReads().map((text) => `${method} ${path} reads ${text}`))
  }
  expect(bad).toEqual([])
  expect(broken).toEqual([])
  expect(answered).toBeGreaterThan(20)
})

test.each(['newest', 'severity'])(
  'findings since a time, %s first, are read of about that time and not to the oldest',
  async (sort) => {
    await ask('GET', `/v1/findings?sort=${sort}&since=${new Date().toISOString()}`)
    const asked = told.splice(0).flatMap(({ plan }) => indexConditions(plan))
    expect(asked).toContainEqual(expect.stringMatching(/\bid >= /))
  },
)

test('orders, and what follows them, read no large table from end to end', async () => {
  const ordered = await ask('POST', '/v1/scans', { targets: ['a.example.com', 'b.example.com'], labels: { team: 'x' } })
  expect(ordered.status).toBe(202)
  const old = formatId('scan', idOf(1, 2))
  for (const path of [`/v1/scans/${old}/rerun`, `/v1/scans/${old}/rerun?only=unfinished`]) await ask('POST', path)
  await ask('PATCH', `/v1/scans/${formatId('scan', idOf(1, 9995))}`, { priority: 9, labels: { a: 'b' } })
  await ask('POST', '/v1/scans/delete', { ids: [3, 4, 5].map((n) => formatId('scan', idOf(1, n))) })
  expect(wholeReads()).toEqual([])
})

test('nor do the statements of attempts and of the duties that look each second', async () => {
  const { workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId, 1, { priority: 9 })
  const worker = asWorker(idOf(8, 1))
  const shard = await store.claimShard(sql, worker)
  if (shard === null) throw new Error('nothing to claim')
  await store.mustYield(sql, shard)
  await store.shardTargets(sql, shard)
  await store.renewLeases(sql, worker, [shard])
  await store.readControl(sql, [shard])
  await store.recordFindings(sql, shard, [finding(1), finding(2)])
  await store.finishShard(sql, shard, endOf([0]))
  await store.settleScan(sql, workspaceId, scanId)
  await store.findUnsettled(sql)
  await store.endLateShards(sql)
  await store.reapShards(sql, await store.findSuspects(sql))
  expect(wholeReads()).toEqual([])
})
