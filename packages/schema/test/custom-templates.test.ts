import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  changeCustomTemplate,
  claimShard,
  customSources,
  deleteCustomTemplate,
  getCustomTemplate,
  insertCustomTemplate,
  registerWorker,
  removeUnused,
  selectCustomTemplates,
} from '../src/store/index.ts'
import { asWorker, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.sql`delete from scans`
  await db.sql`delete from custom_templates`
  await db.sql`delete from custom_template_sources`
})

const createdBy = { kind: 'key', id: newId() } as const
const audit = () => ({ id: newId(), actor: createdBy, requestId: null })
const digestOf = (n: number) => `sha256:${String(n).repeat(64)}`
const template = (n: number, change = {}) => ({
  ...{ id: newId(), name: `name ${n}`, source: `id: t${n}`, createdBy, digest: digestOf(n), templateId: `t${n}` },
  ...{ title: 'T', severity: 'low', protocol: 'http', tags: [], requests: n },
  ...change,
})
const insert = (made = template(1)) =>
  insertCustomTemplate(db.sql, db.workspaceId, made, { auditId: newId(), requestId: null, idempotency: null })
const sources = async () => (await customSources(db.sql, db.workspaceId, [1, 2, 3].map(digestOf))).length

test('of many with one name one is made, of many with one template id as well, and nothing is half done', async () => {
  const made = await Promise.all(Array.from({ length: 6 }, (_, n) => insert(template(n + 1, { name: 'one' }))))
  expect(made.filter((row) => row !== null && 'taken' in row)).toHaveLength(5)
  expect(await db.sql`select from custom_template_sources`).toHaveLength(1)
  const others = await Promise.all(Array.from({ length: 6 }, (_, n) => insert(template(7, { name: `other ${n}` }))))
  expect(others.filter((row) => row !== null && 'taken' in row && row.taken === 'templateId')).toHaveLength(5)
  expect(await db.sql`select from audit_events where action = 'custom-template.created'`).toHaveLength(2)
})

test('a change needs the version it was made from', async () => {
  const made = template(1)
  await insert(made)
  const before = { ...made, version: 1 }
  const change = () => changeCustomTemplate(db.sql, db.workspaceId, before, { ...template(2), name: 'new' }, audit())
  const changes = await Promise.all([change(), change(), change()])
  expect(changes.filter((row) => row !== null)).toMatchObject([{ version: 2, templateId: 't2', name: 'new' }])
  expect(await getCustomTemplate(db.sql, db.workspaceId, made.id)).toMatchObject({ source: 'id: t2', version: 2 })
})

test('an order keeps its text when the template is changed and deleted, and while it is there', async () => {
  const made = template(1)
  await insert(made)
  await registerWorker(db.sql, { id: newId(), version: '1', nucleiVersion: '3.11.1', bundleDigest: null, slots: 1 })
  const set = { origin: 'custom' as const, ids: ['t1'], requests: 1, digests: [digestOf(1)] }
  const scanId = await orderScan(db.sql, db.workspaceId, 1, { templateSets: [set] })
  await changeCustomTemplate(db.sql, db.workspaceId, { ...made, version: 1 }, template(2), audit())
  expect(await deleteCustomTemplate(db.sql, db.workspaceId, made.id, 1, audit())).toBe(false)
  expect(await deleteCustomTemplate(db.sql, db.workspaceId, made.id, 2, audit())).toBe(true)
  await db.sql`update custom_template_sources set touched_at = now() - interval '2 days'`
  await removeUnused(db.sql)
  expect(await sources()).toBe(1)
  const shard = await claimShard(db.sql, asWorker(newId()))
  expect(shard).toMatchObject({ origin: 'custom', templateIds: ['t1'], sourceDigests: [digestOf(1)] })
  await db.sql`delete from scans where id = ${scanId}`
  await removeUnused(db.sql)
  expect(await sources()).toBe(0)
})

test('a text that a template has, or had within a day, stays', async () => {
  const made = template(1)
  await insert(made)
  await db.sql`update custom_template_sources set touched_at = now() - interval '2 days'`
  await removeUnused(db.sql)
  expect(await sources()).toBe(1)
  await deleteCustomTemplate(db.sql, db.workspaceId, made.id, null, audit())
  await removeUnused(db.sql)
  expect(await sources()).toBe(1)
})

test('templates, and their texts, of another workspace are not there', async () => {
  const made = template(1)
  await insert(made)
  const other = newId()
  expect(await getCustomTemplate(db.sql, other, made.id)).toBeNull()
  expect(await selectCustomTemplates(db.sql, other, [made.id])).toEqual([])
  expect(await customSources(db.sql, other, [digestOf(1)])).toEqual([])
  expect(await deleteCustomTemplate(db.sql, other, made.id, null, audit())).toBe(false)
})
