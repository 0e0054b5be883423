import { builtInSelection } from '@assayer/schema'
import type { Sql } from '@assayer/schema/store'
import { installBundle } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrderLooks } from '../src/order/looks.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
let asked = 0
let counting: Sql
beforeAll(async () => {
  api = await testApi()
  counting = new Proxy(api.db.sql, {
    apply(sql, _, [first, ...rest]: [TemplateStringsArray, ...never[]]) {
      if (first.raw.join('').includes('from templates') || first.raw.join('').includes('as rules')) asked++
      return sql(first, ...rest)
    },
  })
})
afterAll(() => api.close())

const bundleNow = async () => (await createOrderLooks(api.db.sql).basis(api.db.workspaceId, null)).bundle
const template = (id: string, requests = 1) => ({
  ...{ id, requests, name: id, severity: 'info', protocol: 'http', tags: [], origin: 'starter' as const },
})
const order = async (more: object = {}) =>
  await api.send<{ id: string; templatesSelected: number; limits: { retries: number } }>('POST', '/v1/scans', {
    body: { targets: ['example.com'], ...more },
  })

test('orders that come together share a look that began after they came', async () => {
  asked = 0
  const { basis } = createOrderLooks(counting)
  const first = basis(api.db.workspaceId, null)
  await api.db.sql`
    insert into scope_rules (workspace_id, id, effect, pattern, note, created_by)
    values (${api.db.workspaceId}, gen_random_uuid(), 'deny', 'late.example.com', '', ${api.db.sql.json({ kind: 'key', id: 'x' })})`
  const later = await Promise.all(Array.from({ length: 20 }, () => basis(api.db.workspaceId, null)))
  await first
  expect(later.filter(({ rules }) => rules[0]?.pattern === 'late.example.com')).toHaveLength(20)
  expect(asked).toBeLessThanOrEqual(3)
})

test('orders of two workspaces that come together are judged by the rules of their own', async () => {
  const { workspaceId } = await foreignKey(api.db)
  const { basis } = createOrderLooks(api.db.sql)
  const rulesOf = async (workspaceId: string) => (await basis(workspaceId, null)).rules.map(({ pattern }) => pattern)
  // In one turn: the second waits for the first one's look, and the third would share the second's.
  const own = api.db.workspaceId
  const [first, second, other] = await Promise.all([rulesOf(own), rulesOf(own), rulesOf(workspaceId)])
  expect([first, second, other]).toEqual([['late.example.com'], ['late.example.com'], []])
})

test('a selection is asked for once a bundle, and again when others have pushed it out', async () => {
  const bundle = await bundleNow()
  if (bundle === null) throw new Error('no bundle')
  const one = { ...builtInSelection, ids: ['a'] }
  const other = { ...builtInSelection, ids: ['b'] }
  const small = createOrderLooks(counting, 1)
  asked = 0
  for (const selection of [one, one, other, other, one]) await small.templates(bundle, selection)
  expect(asked).toBe(3)
  await small.templates({ ...bundle, templateCount: bundle.templateCount + 1 }, one)
  expect(asked).toBe(4)
})

test('the next order runs the bundle, profile and rules of its time', async () => {
  expect((await order()).status).toBe(202)
  await installBundle(api.db.sql, { digest: 'sha256:newer', nucleiVersion: '3.12.0' }, [template('x'), template('y')])
  expect((await order()).body.templatesSelected).toBe(2)
  const named = { name: 'looked', limits: { retries: 3 } }
  const { body } = await api.send<{ id: string }>('POST', '/v1/profiles', { body: named })
  expect((await order({ profile: 'looked' })).body.limits.retries).toBe(3)
  await api.send('PATCH', `/v1/profiles/${body.id}`, { body: { limits: { retries: 0 } } })
  expect((await order({ profile: 'looked' })).body.limits.retries).toBe(0)
  const rule = { effect: 'deny', pattern: 'example.com', note: 'off' }
  expect((await api.send('POST', '/v1/scope-rules', { body: rule })).status).toBe(201)
  expect((await order()).status).toBe(422)
})
