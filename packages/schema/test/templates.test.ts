import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentBundle, installBundle, removeReplaced, selectTemplates } from '../src/store/index.ts'
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

test('templates of a bundle that was replaced a week ago go; the current one stays however old it is, and a removed one comes back whole', async () => {
  const { sql } = db
  const two = { digest: 'two', nucleiVersion: '3.12.0' }
  await sql`update bundles set activated_at = now() - case digest when 'one' then interval '8 days' else interval '6 days' end`
  await installBundle(sql, { digest: 'three', nucleiVersion: '3.12.0' }, [template('c')])
  expect(await removeReplaced(sql)).toBe(500)
  expect(await removeReplaced(sql)).toBe(0)
  expect((await selectTemplates(sql, 'two', all)).map(({ id }) => id)).toEqual(['a'])
  await sql`update bundles set activated_at = activated_at - interval '30 days'`
  expect(await removeReplaced(sql)).toBe(1)
  expect(await currentBundle(sql)).toMatchObject({ digest: 'three' })
  await installBundle(sql, two, [template('a')])
  expect(await removeReplaced(sql)).toBe(1)
  expect(await currentBundle(sql)).toEqual(two)
  expect(await selectTemplates(sql, 'two', all)).toHaveLength(1)
})

test('a bundle that comes back while its old templates are removed is whole or waits', async () => {
  const { sql } = db
  const templates = Array.from({ length: 300 }, (_, n) => template(`t${n}`))
  const back = { digest: 'back', nucleiVersion: '3.12.0' }
  for (let n = 0; n < 20; n++) {
    await installBundle(sql, back, templates)
    await sql`update bundles set activated_at = now() - interval '9 days' where digest = 'back'`
    await Promise.all([removeReplaced(sql), installBundle(sql, back, templates), removeReplaced(sql)])
    expect(await selectTemplates(sql, 'back', all)).toHaveLength(300)
    expect(await currentBundle(sql)).toEqual(back)
  }
})
