import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchWords } from '../src/search-words.ts'
import { getTemplate, installBundle, searchTemplates } from '../src/store/index.ts'
import type { TemplateFilter } from '../src/store/index.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const none: TemplateFilter = {
  ...{ words: [], tags: [], severities: [], protocols: [], cveIds: [], after: null, limit: 100 },
}
const found = async ({ q = [], ...rest }: Partial<TemplateFilter> & { q?: string[] }) => {
  const words = q.map((text) => searchWords(text))
  return (await searchTemplates(db.sql, { ...none, ...rest, words })).map(({ id }) => id)
}
const template = (id: string, more = {}) => ({
  ...{ id, name: id, severity: 'high', protocol: 'http', tags: ['panel'], requests: 1, origin: 'signed' as const },
  ...more,
})
const log4j = {
  name: 'Apache Log4j2 Remote Code Injection',
  severity: 'critical',
  tags: ['cve', 'rce'],
  cveIds: ['CVE-2021-44228'],
  description: 'JNDI features do not protect against attacker controlled endpoints.',
  authors: ['someone'],
  references: ['https://logging.apache.org/'],
  source: 'id: CVE-2021-44228\n',
  sourceBytes: 19,
}

test('before any worker came nothing is found', async () => {
  expect(await found({})).toEqual([])
  expect(await getTemplate(db.sql, 'git-config')).toBeNull()
})

test('words, tags, severities, protocols and CVEs narrow; a word is found by its beginning', async () => {
  const rows = [template('CVE-2021-44228', log4j), template('git-config'), template('redis-open', { protocol: 'tcp' })]
  await installBundle(db.sql, { digest: 'one', nucleiVersion: '3.11.1' }, rows)
  expect(await found({})).toHaveLength(3)
  expect(await found({ q: ['apach log4j'] })).toEqual(['CVE-2021-44228'])
  expect(await found({ q: ['cve-2021-4'] })).toEqual(['CVE-2021-44228'])
  expect(await found({ q: ['jndi'] })).toEqual(['CVE-2021-44228'])
  expect(await found({ q: ['pache'] })).toEqual([])
  expect(await found({ q: ['apache git'] })).toEqual([])
  expect((await found({ q: ['apache', 'git'] })).toSorted()).toEqual(['CVE-2021-44228', 'git-config'])
  expect(await found({ cveIds: ['CVE-2021-44228'] })).toEqual(['CVE-2021-44228'])
  expect(await found({ tags: ['rce', 'other'] })).toEqual(['CVE-2021-44228'])
  expect(await found({ severities: ['high'], protocols: ['tcp'] })).toEqual(['redis-open'])
  expect(await found({ tags: ['panel'], q: ['apache'] })).toEqual([])
})

test('one template comes with its source; rows of an older worker have none', async () => {
  const { tags, severity, ...text } = log4j
  expect(await getTemplate(db.sql, 'CVE-2021-44228')).toEqual(template('CVE-2021-44228', { tags, severity, ...text }))
  expect(await getTemplate(db.sql, 'git-config')).toMatchObject({ source: null, sourceBytes: null, authors: [] })
  expect(await getTemplate(db.sql, 'nothing')).toBeNull()
})

test('only the current bundle is searched, and a bundle is not current before it is whole', async () => {
  const many = Array.from({ length: 40 }, (_, n) => template(`t${n}`, { source: 'x'.repeat(65_536) }))
  const installing = installBundle(db.sql, { digest: 'two', nucleiVersion: '3.11.1' }, many)
  const seen = new Set<number>()
  for (let looks = 0; looks < 1000 && !seen.has(40); looks++) seen.add((await found({})).length)
  await installing
  expect([...seen].filter((n) => n !== 3 && n !== 40)).toEqual([])
  expect(await found({})).toHaveLength(40)
  expect(await found({ q: ['apache'] })).toEqual([])
})

test('pages follow each other by id, without gap and double', async () => {
  const ids: string[] = []
  for (let after: string | null = null, page; (page = await found({ limit: 7, after })).length > 0;) {
    ids.push(...page)
    after = page.at(-1) ?? null
  }
  expect(ids).toEqual([...new Set(ids)])
  expect(ids).toHaveLength(40)
})
