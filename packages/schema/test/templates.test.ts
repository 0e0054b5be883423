import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentBundle, installBundle, selectTemplates } from '../src/store/index.ts'
import type { InstalledTemplate } from '../src/store/index.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const template = (id: string): InstalledTemplate => ({
  ...{ id, name: id, severity: 'high', protocol: 'http', tags: [], requests: 1, origin: 'signed' },
})
const all = { ids: [], tags: [], severities: [], protocols: [], excludeIds: [], excludeTags: [] }

test('before any worker came there is no bundle, and one without templates is none', async () => {
  expect(await currentBundle(db.sql)).toBeNull()
  await installBundle(db.sql, { digest: 'empty', nucleiVersion: '3.11.1' }, [])
  expect(await currentBundle(db.sql)).toBeNull()
})

test('a bundle installed twice, also at once, is there once', async () => {
  const bundle = { digest: 'one', nucleiVersion: '3.11.1' }
  const templates = Array.from({ length: 500 }, (_, n) => template(`t${n}`))
  const install = () => installBundle(db.sql, bundle, templates)
  await Promise.all([install(), install(), install(), install()])
  await install()
  expect(await currentBundle(db.sql)).toEqual(bundle)
  expect(await selectTemplates(db.sql, 'one', all)).toHaveLength(500)
  expect(await db.sql`select from bundles where digest = 'one'`).toHaveLength(1)
})

test('the bundle activated last is the current one', async () => {
  await installBundle(db.sql, { digest: 'two', nucleiVersion: '3.12.0' }, [template('a')])
  expect(await currentBundle(db.sql)).toEqual({ digest: 'two', nucleiVersion: '3.12.0' })
  await installBundle(db.sql, { digest: 'one', nucleiVersion: '3.11.1' }, [])
  expect((await currentBundle(db.sql))?.digest).toBe('one')
  expect((await selectTemplates(db.sql, 'two', all)).map(({ id }) => id)).toEqual(['a'])
})
