import { coverages, formatId, newId, parseId, severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import { sourceOf } from '@assayer/schema/export'
import { getScan, recordFindings, removeDeleted } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { formatNames } from '../src/export/formats.ts'
import { writeHtml } from '../src/export/html.ts'
import { createExportHandler } from '../src/routes/export-scan.ts'
import { exported, found, seedScan } from './export-data.ts'
import type { Ended } from './export-data.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim, finding } from './scan-data.ts'

let api: TestApi
const scans = {} as Record<Ended, string>
beforeAll(async () => {
  api = await testApi()
  for (const ended of ['completed', 'partial', 'failed', 'running'] as const) scans[ended] = await seedScan(api, ended)
})
afterAll(() => api.close())

const media = {
  jsonl: ['application/x-ndjson', 'jsonl'],
  csv: ['text/csv; charset=utf-8', 'csv'],
  sarif: ['application/sarif+json', 'sarif'],
  html: ['text/html; charset=utf-8', 'html'],
  markdown: ['text/markdown; charset=utf-8', 'md'],
} as const

test.each(formatNames)('%s has its media type, a file name, and state and coverage in headers', async (format) => {
  const { status, headers } = await exported(api, scans.completed, `format=${format}`)
  expect(status).toBe(200)
  expect(headers.get('Content-Type')).toBe(media[format][0])
  const name = `assayer-${scans.completed}.${media[format][1]}`
  expect(headers.get('Content-Disposition')).toBe(`attachment; filename="${name}"`)
  expect(headers.get('Assayer-Scan-State')).toBe('completed')
  expect(headers.get('Assayer-Coverage')).toBe('asked=2, covered=2, partial=0, unreachable=0, skipped=0, pending=0')
  expect(headers.get('Cache-Control')).toBe('private, no-cache')
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
})

test.each(
  formatNames.flatMap((format) => (['partial', 'failed', 'running'] as const).map((state) => [format, state] as const)),
)('%s of a %s scan says so', async (format, state) => {
  const { status, headers, text } = await exported(api, scans[state], `format=${format}&allowPartial=true`)
  expect(status).toBe(200)
  expect(headers.get('Assayer-Scan-State')).toBe(state === 'running' ? state : `${state}; reason=targets-unreachable`)
  if (format === 'sarif') expect(text).toContain('"executionSuccessful":false')
  if (format === 'markdown') expect(text.split('\n')[0]).toContain(`## Scan ${state}`)
  if (format === 'html') {
    const body = text.slice(text.indexOf('<body>'))
    expect(body.indexOf(`<span class="state state-${state}">${state}</span>`)).toBeGreaterThan(0)
    expect(body.indexOf('class="warning"')).toBeLessThan(body.indexOf('<svg'))
    expect(body.indexOf('class="warning"')).toBeGreaterThan(0)
  }
  if (format === 'markdown' || format === 'html') {
    if (state !== 'running') expect(text.slice(0, text.indexOf('Findings'))).toContain('targets-unreachable')
    expect(text).toContain(state === 'partial' ? '1 of 2 targets covered, 1 unreachable' : '0 of 2 targets covered')
  }
})

test('sarif of a scan that is not completed is refused without allowPartial', async () => {
  for (const state of ['partial', 'failed', 'running'] as const) {
    const { status, text } = await exported(api, scans[state], 'format=sarif')
    expect([status, (JSON.parse(text) as ProblemBody).code]).toEqual([409, 'scan-not-complete'])
    expect((await exported(api, scans[state], 'format=sarif&allowPartial=false')).status).toBe(409)
  }
})

test.each([
  ['', 'format', 'required'],
  ['format=pdf', 'format', 'one-of'],
  ['format=csv&format=html', 'format', 'repeated'],
  ['format=csv&evidence=yes', 'evidence', 'one-of'],
  ['format=csv&page=1', 'page', 'unknown-parameter'],
])('%j is refused by name', async (query, name, code) => {
  const { status, text } = await exported(api, scans.completed, query)
  expect([status, (JSON.parse(text) as ProblemBody).errors]).toMatchObject([422, [{ in: 'query', name, code }]])
})

test('what the client does not accept is 406', async () => {
  const status = async (format: string, accept: string) =>
    (await exported(api, scans.completed, `format=${format}`, { headers: { Accept: accept } })).status
  expect(await status('csv', 'application/json')).toBe(406)
  expect(await status('csv', 'text/*;q=0')).toBe(406)
  expect(await status('csv', 'text/csv')).toBe(200)
  expect(await status('html', 'text/html, */*;q=0.1')).toBe(200)
})

test('HEAD has the headers of GET and no body', async () => {
  const get = await exported(api, scans.partial, 'format=html')
  const head = await exported(api, scans.partial, 'format=html', { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
  for (const name of ['Content-Type', 'Content-Disposition', 'Assayer-Scan-State', 'Content-Security-Policy'])
    expect(head.headers.get(name)).toBe(get.headers.get(name))
})

test('a foreign scan and one that is not there are 404, and a key needs both permissions', async () => {
  const key = await foreignKey(api.db)
  expect((await exported(api, scans.completed, 'format=csv', { key })).status).toBe(404)
  expect((await exported(api, 'scn_01h455vb4pex5vsknk084sn02q', 'format=csv')).status).toBe(404)
  for (const permission of ['scans:read', 'findings:read']) {
    const half = await addKey(api.db, api.db.workspaceId, [permission])
    expect((await exported(api, scans.completed, 'format=csv', { key: half })).status).toBe(403)
  }
})

test.each(formatNames)(
  'evidence is in %s only when asked for, with its permission, and once in the audit trail',
  async (format) => {
    const marks = {
      html: 'Server: x',
      markdown: '</pre><script>',
      csv: 'HTTP/1.1 200 OK',
      jsonl: '"response":',
      sarif: '"webResponse"',
    }
    const without = await exported(api, scans.completed, `format=${format}`)
    expect(without.text).not.toContain(marks[format])
    const reader = await addKey(api.db, api.db.workspaceId, ['scans:read', 'findings:read'])
    const refused = await exported(api, scans.completed, `format=${format}&evidence=true`, { key: reader })
    expect((JSON.parse(refused.text) as ProblemBody).detail).toBe('The key needs evidence:read')
    const count = async () =>
      (
        await api.db
          .sql`select from audit_events where action = 'evidence.exported' and detail = ${api.db.sql.json({ format })}`
      ).length
    expect(await count()).toBe(0)
    expect((await exported(api, scans.completed, `format=${format}&evidence=true`)).text).toContain(marks[format])
    expect(await count()).toBe(1)
  },
)

test('an export of many pages has each finding once, worst first', async () => {
  const { db } = api
  const id = await orderScan(db.sql, db.workspaceId)
  const shard = await claim(db)
  const severity = ['low', 'critical', 'info'] as const
  for (let from = 0; from < 2400; from += 200) {
    const batch = Array.from({ length: 200 }, (_, n) =>
      finding(from + n, {
        severity: severity[n % 3] ?? 'low',
        templateId: `t-${n % 7}`,
        detail: n === 7 ? { description: 'x'.repeat(65_536) } : {},
      }),
    )
    await recordFindings(db.sql, shard, batch)
  }
  const { text } = await exported(api, formatId('scan', id), 'format=jsonl')
  const events = text
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as { 'matched-at': string; info: { severity: Severity } })
  expect(events).toHaveLength(2400)
  expect(new Set(events.map((event) => event['matched-at'])).size).toBe(2400)
  const ranks = events.map(({ info }) => severities.indexOf(info.severity))
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
})

test('a scan that is deleted meanwhile breaks the export: a part is not taken for the whole', async () => {
  const scanId = await seedScan(api, 'completed')
  const response = await api.app.request(`/v1/scans/${scanId}/export?format=csv`, {
    headers: { Authorization: `Bearer ${api.key.text}` },
  })
  const reader = response.body?.getReader()
  await reader?.read()
  await api.send('DELETE', `/v1/scans/${scanId}`)
  const rest = async () => {
    while (!(await reader?.read())?.done);
  }
  await expect(rest()).rejects.toThrow()
})

test('so it is when it is deleted between its findings and its targets', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await seedScan(api, 'completed')
  const row = await getScan(sql, workspaceId, parseId('scan', scanId) ?? '')
  if (row === null) throw new Error('no scan')
  const source = sourceOf(sql, row, { now: new Date(), evidence: false, goOn: async () => {} })
  await source.findings().next()
  await api.send('DELETE', `/v1/scans/${scanId}`)
  while ((await removeDeleted(sql)) > 0);
  await expect(source.targets(coverages).next()).rejects.toMatchObject({ code: 'scan-not-found' })
  // Nor does a page say that nothing was found, where it is only no longer there.
  await expect(Array.fromAsync(writeHtml(source))).rejects.toMatchObject({ code: 'scan-not-found' })
})

test('a key that was revoked breaks the export, and places are given back however it ends', async () => {
  const handler = createExportHandler(1)
  const call = (stillValid: boolean) => ({
    ...{ deps: api.deps, requestId: newId() },
    actor: {
      workspaceId: api.db.workspaceId,
      createdBy: { kind: 'key' as const, id: api.key.id },
      may: () => true,
      stillValid: async () => stillValid,
    },
    c: {
      req: {
        ...{ method: 'GET', url: `http://a/?format=csv`, param: () => scans.completed },
        header: () => undefined,
      },
    },
  })
  const open = (stillValid = true) => handler(call(stillValid) as never)
  const first = await open()
  await expect(open()).rejects.toMatchObject({ code: 'overloaded' })
  await (first.body as ReadableStream).cancel()
  const second = await open()
  expect(await new Response(second.body).text()).toContain(found[1]?.templateId)
  const third = await open(false)
  const now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 1100)
  await expect(new Response(third.body).text()).rejects.toThrow()
  clock.mockRestore()
  await ((await open()).body as ReadableStream).cancel()
})
