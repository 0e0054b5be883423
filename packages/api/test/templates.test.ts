import { installBundle } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
const text = { description: 'It is open', authors: ['jo'], references: ['https://example.com'], sourceBytes: 70_000 }
const rest = { severity: 'low', protocol: 'http', requests: 3, origin: 'signed' as const }
beforeAll(async () => {
  api = await testApi()
  const rows = Array.from({ length: 30 }, (_, n) => ({
    ...{ ...rest, ...text, id: `open-${n}`, name: `Open ${n}`, tags: ['panel'], cveIds: [`CVE-2020-${1000 + n}`] },
    source: 'id: open\n',
  }))
  await installBundle(api.db.sql, { digest: 'sha256:more', nucleiVersion: '3.11.1' }, rows)
})
afterAll(() => api.close())

type Listed = { data: { id: string }[]; nextCursor: string | null }
const idsOf = async (query: string) => {
  const { status, body } = await api.send<Listed>('GET', `/v1/templates?${query}`)
  expect(status).toBe(200)
  return body.data.map(({ id }) => id)
}

test('templates are found by word, tag, severity, protocol and CVE', async () => {
  expect(await idsOf('q=open%2017')).toEqual(['open-17'])
  expect(await idsOf('q=open-17&q=CVE-2020-1003')).toEqual(['open-17', 'open-3'])
  expect(await idsOf('cve=cve-2020-1005')).toEqual(['open-5'])
  expect(await idsOf('tag=PANEL&limit=200')).toHaveLength(30)
  expect(await idsOf('severity=high&severity=critical')).toEqual([])
  expect(await idsOf('protocol=dns')).toEqual([])
})

test('pages follow each other', async () => {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: Listed } = await api.send(
      'GET',
      `/v1/templates?limit=8${cursor ? `&cursor=${cursor}` : ''}`,
    )
    ids.push(...body.data.map(({ id }) => id))
    cursor = body.nextCursor
  } while (cursor !== null && ids.length < 100)
  expect(new Set(ids).size).toBe(30)
  expect(ids).toHaveLength(30)
})

test('one template comes with its source and says when that is cut', async () => {
  const { body, headers } = await api.send('GET', '/v1/templates/open-1')
  const { sourceBytes: _, ...shown } = text
  const wanted = { id: 'open-1', name: 'Open 1', ...rest, ...shown, tags: ['panel'], cveIds: ['CVE-2020-1001'] }
  expect(body).toEqual({ ...wanted, source: 'id: open\n', sourceTruncated: true })
  const again = { headers: { 'If-None-Match': headers.get('ETag') ?? '' } }
  expect((await api.send('GET', '/v1/templates/open-1', again)).status).toBe(304)
})

test.each(['nothing', 'open-1%00', '-open', encodeURIComponent('../../etc/passwd'), 'x'.repeat(129)])(
  'there is no template %s',
  async (id) => {
    const { status, body } = await api.send<ProblemBody>('GET', `/v1/templates/${id}`)
    expect([status, body.code]).toEqual([404, 'template-not-found'])
  },
)

test.each([
  'q=',
  'q=--',
  `q=${'a%20'.repeat(3)}${Array.from({ length: 21 }, (_, n) => `w${n}`).join('%20')}`,
  'cve=2020',
  'tag=',
  'severity=bad',
  'protocol=code',
  'sort=id',
])('the query %s is refused', async (query) => {
  const { status, body } = await api.send<ProblemBody>('GET', `/v1/templates?${query}`)
  expect([status, body.code]).toEqual([422, 'invalid-input'])
})

test('a query is words alone, whatever it holds', async () => {
  for (const q of ["open:* | !'x", 'open & (', "o'pen", '\\open <-> 1', '"open"']) {
    expect((await api.send('GET', `/v1/templates?q=${encodeURIComponent(q)}`)).status).toBe(200)
  }
})

test('a reader may search, a key without the permission may not', async () => {
  const reader = await addKey(api.db, api.db.workspaceId, presets.reader)
  expect((await api.send('GET', '/v1/templates', { key: reader })).status).toBe(200)
  const other = await addKey(api.db, api.db.workspaceId, ['scans:read'])
  expect((await api.send<ProblemBody>('GET', '/v1/templates', { key: other })).body.code).toBe('permission-missing')
})
