import { formatId, newId, parseId } from '@assayer/schema'
import { changeTarget } from '@assayer/schema/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'

type Target = { id: string; name: string; address: string; labels: Record<string, string> }
type Scan = ProblemBody & { id: string; targetCount: number }
type List = { data: Target[]; nextCursor: string | null }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(async () => {
  await api.db.sql`delete from targets`
})
afterAll(() => api.close())

const shop = { name: 'Shop', address: 'HTTPS://Shop.example.com/', labels: { team: 'web' } }
const make = (change: object = {}, sent: Sent = {}) =>
  api.send<Target & ProblemBody>('POST', '/v1/targets', { body: { ...shop, ...change }, ...sent })
const patch = (id: string, body: object, headers = {}) =>
  api.send<Target & ProblemBody>('PATCH', `/v1/targets/${id}`, { body, headers })
const order = (body: object) => api.send<Scan>('POST', '/v1/scans', { body })
const list = async (query = '') => (await api.send<List>('GET', `/v1/targets${query}`)).body
const names = async (query: string) => (await list(query)).data.map(({ name }) => name)
const ordered = async (id: string) =>
  (await api.send<{ data: { ordered: string }[] }>('GET', `/v1/scans/${id}/targets`)).body.data.map(
    (row) => row.ordered,
  )

test('a target is kept in canonical form, shown, changed and deleted, and each act is audited', async () => {
  const made = await make()
  expect([made.status, made.headers.get('Location')]).toEqual([201, `/v1/targets/${made.body.id}`])
  expect(made.body).toMatchObject({ name: 'Shop', address: 'https://shop.example.com', labels: { team: 'web' } })
  const shown = await api.send<Target>('GET', `/v1/targets/${made.body.id}`)
  expect(shown.body).toEqual(made.body)
  const etag = shown.headers.get('ETag') ?? ''
  const same = await api.send('GET', `/v1/targets/${made.body.id}`, { headers: { 'If-None-Match': etag } })
  expect(same.status).toBe(304)
  const changed = await patch(made.body.id, { name: 'Store', labels: { team: null, tier: '1' } }, { 'If-Match': etag })
  expect([changed.status, changed.body.name, changed.body.labels]).toEqual([200, 'Store', { tier: '1' }])
  expect((await patch(made.body.id, { name: 'Late' }, { 'If-Match': etag })).body.code).toBe('version-mismatch')
  expect((await patch(made.body.id, { labels: null })).body.labels).toEqual({})
  expect((await api.send('DELETE', `/v1/targets/${made.body.id}`)).status).toBe(204)
  expect((await api.send<ProblemBody>('GET', `/v1/targets/${made.body.id}`)).body.code).toBe('target-not-found')
  const audits = await api.db.sql`select action from audit_events where action like 'target.%' order by id`
  expect(audits.map(({ action }) => action as string)).toEqual(
    ['created', 'changed', 'changed', 'deleted'].map((act) => `target.${act}`),
  )
})

test.each([
  ['no target', { address: 'ftp://x.example.com' }, 'target-invalid', '/address'],
  ['a network', { address: '10.0.0.0/8' }, 'target-invalid', '/address'],
  ['a blank name', { name: ' ' }, 'invalid-input', '/name'],
  ['a label key in capitals', { labels: { Team: 'x' } }, 'invalid-input', '/labels/Team'],
  ['an unknown field', { port: 1 }, 'invalid-input', '/port'],
])('%s is refused with its pointer, when made and when changed', async (_, change, code, pointer) => {
  const { id } = (await make()).body
  for (const { status, body } of [await make(change), await patch(id, change)])
    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, code, pointer])
})

test('a change made from an older version is not written', async () => {
  const { id } = (await make()).body
  await patch(id, { name: 'first' })
  const { sql, workspaceId } = api.db
  const late = { name: 'late', address: 'late.example.com', labels: {} }
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  expect(await changeTarget(sql, workspaceId, parseId('target', id) ?? '', 1, late, audit)).toBe(false)
  expect((await api.send<Target>('GET', `/v1/targets/${id}`)).body.name).toBe('first')
})

test('the same idempotency key keeps one target', async () => {
  const sent = { headers: { 'Idempotency-Key': newId() } }
  const answers = await Promise.all(Array.from({ length: 5 }, () => make({}, sent)))
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.has('Idempotency-Replayed'))).toHaveLength(4)
  expect((await list()).data).toHaveLength(1)
  expect((await make({ name: 'other' }, sent)).body.code).toBe('idempotency-key-reused')
})

test('a list is narrowed by labels and text, and its cursor is stable under inserts', async () => {
  for (const n of [1, 2, 3]) await make({ name: `t${n}`, labels: { team: 'web', n: `${n}` } })
  await make({ name: '100%', address: 'other.example.com', labels: {} })
  expect(await names('?label=team:web&label=n:2')).toEqual(['t2'])
  expect(await names('?label=n:1&label=n:2')).toEqual([])
  expect(await names('?q=OTHER&q=t3')).toEqual(['100%', 't3'])
  expect(await names('?q=%25')).toEqual(['100%'])
  const first = await list('?limit=2')
  await make({ name: 'new' })
  expect(await names(`?limit=2&cursor=${first.nextCursor}`)).toEqual(['t2', 't1'])
})

test('orders take kept targets by id and by label, the same one once, and keep the address', async () => {
  const one = (await make()).body
  await make({ name: 'Api', address: 'api.example.com', labels: { team: 'web', tier: '1' } })
  await make({ name: 'Same', address: 'https://shop.example.com' })
  const byId = await order({ targets: [one.id, 'https://SHOP.example.com', 'b.example.com'] })
  expect([byId.status, byId.body.targetCount]).toEqual([202, 2])
  const byLabel = await order({ targets: [one.id], targetLabels: { team: 'web' } })
  await api.send('DELETE', `/v1/targets/${one.id}`)
  expect((await ordered(byLabel.body.id)).toSorted()).toEqual(['api.example.com', 'https://shop.example.com'])
  expect((await order({ targets: [], targetLabels: { tier: '1' } })).body.targetCount).toBe(1)
  expect((await order({ targets: ['a.example.com'], targetLabels: {} })).body.targetCount).toBe(1)
  const again = await api.send<Scan>('POST', `/v1/scans/${byId.body.id}/rerun`)
  expect([again.status, again.body.targetCount]).toEqual([202, 2])
})

test('an unknown or foreign id, labels of no target and targets out of scope are refused with their pointers', async () => {
  const foreign = await make({}, { key: await foreignKey(api.db) })
  const targets = ['a.example.com', formatId('target', newId()), foreign.body.id]
  const { status, body } = await order({ targets, targetLabels: { team: 'none' } })
  expect([status, body.code, body.errors?.map(({ pointer, code }) => [pointer, code])]).toEqual([
    422,
    'target-invalid',
    [
      ['/targets/1', 'unknown-target'],
      ['/targets/2', 'unknown-target'],
      ['/targetLabels', 'matches-none'],
    ],
  ])
  await make({ address: 'a.example.net' })
  const out = await order({ targets: [], targetLabels: { team: 'web' } })
  expect([out.body.code, out.body.errors?.[0]?.pointer]).toEqual(['target-out-of-scope', '/targetLabels'])
})

test('an order has at most 10,000 targets after its labels were resolved', async () => {
  await api.db.sql`
    insert into targets (workspace_id, id, name, address, labels, created_by)
    select ${api.db.workspaceId}, gen_random_uuid(), 'many', 'h' || n || '.example.com', '{"many": "yes"}', '{}'
    from generate_series(1, 10000) n`
  const { status, body } = await order({ targets: ['one.more.example.com'], targetLabels: { many: 'yes' } })
  expect([status, body.errors?.[0]?.pointer, body.errors?.[0]?.code]).toEqual([422, '/targetLabels', 'max-length'])
  const whole = await order({ targets: ['h1.example.com'], targetLabels: { many: 'yes' } })
  expect([whole.status, whole.body.targetCount]).toEqual([202, 10_000])
})
