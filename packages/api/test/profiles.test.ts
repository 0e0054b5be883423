import { formatId, newId, parseId } from '@assayer/schema'
import { changeProfile, deleteProfile, ensureWorkspace } from '@assayer/schema/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'

type Selection = { ids: string[]; tags: string[]; severities: string[]; excludeTags: string[] }
type Limits = Record<string, unknown>
type Profile = ProblemBody & { id: string; name: string; templates: Selection | null; limits: Limits }
type Scan = ProblemBody & { id: string; profile: string; templates: Selection; limits: Limits }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(async () => {
  await api.db.sql`delete from profiles where id <> workspace_id`
  await api.db.sql`update profiles set templates = null, limits = '{}'`
})
afterAll(() => api.close())

const gentle = { name: 'gentle', templates: { tags: ['panel'] }, limits: { requestsPerSecond: 5, retries: 0 } }
const make = (change: object = {}, sent: Sent = {}) =>
  api.send<Profile>('POST', '/v1/profiles', { body: { ...gentle, ...change }, ...sent })
const patch = (id: string, body: object, headers = {}) =>
  api.send<Profile>('PATCH', `/v1/profiles/${id}`, { body, headers })
const show = async (id: string) => (await api.send<Profile>('GET', `/v1/profiles/${id}`)).body
const list = async (query = '') =>
  (await api.send<{ data: Profile[]; nextCursor: string | null }>('GET', `/v1/profiles${query}`)).body
const order = (body: object) => api.send<Scan>('POST', '/v1/scans', { body: { targets: ['a.example.com'], ...body } })
const theDefault = () => formatId('profile', api.db.workspaceId)

test('a profile is made, shown, changed and deleted, and each act is audited', async () => {
  const made = await make()
  expect([made.status, made.headers.get('Location')]).toEqual([201, `/v1/profiles/${made.body.id}`])
  expect(made.body).toMatchObject({ ...gentle, templates: { ids: [], tags: ['panel'] } })
  const shown = await api.send<Profile>('GET', `/v1/profiles/${made.body.id}`)
  expect(shown.body).toEqual(made.body)
  const etag = shown.headers.get('ETag') ?? ''
  const same = await api.send('GET', `/v1/profiles/${made.body.id}`, { headers: { 'If-None-Match': etag } })
  expect(same.status).toBe(304)
  expect((await patch(made.body.id, { name: 'slow' }, { 'If-Match': etag })).body.name).toBe('slow')
  expect((await patch(made.body.id, { name: 'late' }, { 'If-Match': etag })).body.code).toBe('version-mismatch')
  expect((await api.send('DELETE', `/v1/profiles/${made.body.id}`)).status).toBe(204)
  expect((await show(made.body.id)).code).toBe('profile-not-found')
  const audits = await api.db.sql`select action from audit_events where action like 'profile.%' order by id`
  expect(audits.map(({ action }) => action as string)).toEqual(
    ['created', 'changed', 'deleted'].map((act) => `profile.${act}`),
  )
})

test('a change merges list by list and limit by limit, and null takes back', async () => {
  const { id } = (await make()).body
  const changed = await patch(id, { templates: { severities: ['high'] }, limits: { retries: null, concurrency: 3 } })
  expect(changed.body.templates).toMatchObject({ tags: ['panel'], severities: ['high'] })
  expect(changed.body.limits).toEqual({ requestsPerSecond: 5, concurrency: 3 })
  expect((await patch(id, { templates: { tags: null } })).body.templates?.tags).toEqual([])
  expect((await patch(id, { templates: null, limits: null })).body).toMatchObject({ templates: null, limits: {} })
  expect((await patch(id, { templates: { tags: ['x'] } })).body.templates).toMatchObject({
    tags: ['x'],
    excludeTags: [],
  })
})

test('a name is taken once, and under an idempotency key nothing is kept of the refusal', async () => {
  const first = await make()
  const sent = { headers: { 'Idempotency-Key': newId() } }
  const refused = await make({}, sent)
  expect([refused.status, refused.body.code, refused.body.errors?.[0]?.pointer]).toEqual([409, 'name-taken', '/name'])
  await api.send('DELETE', `/v1/profiles/${first.body.id}`)
  const answers = await Promise.all(Array.from({ length: 5 }, () => make({}, sent)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  const other = await make({ name: 'other' })
  expect((await patch(other.body.id, { name: 'gentle' })).body).toMatchObject({
    code: 'name-taken',
    errors: [{ pointer: '/name' }],
  })
  expect((await make({ name: 'gentle' }, { key: await foreignKey(api.db) })).status).toBe(201)
})

test('the default profile is there, can be changed, and is neither renamed nor deleted', async () => {
  const id = theDefault()
  expect(await show(id)).toMatchObject({ name: 'default', templates: null, limits: {}, createdBy: null })
  expect((await patch(id, { limits: { retries: 7 } })).body.limits).toEqual({ retries: 7 })
  expect((await order({})).body).toMatchObject({ profile: 'default', limits: { retries: 7, concurrency: 10 } })
  for (const { status, body } of [
    await patch(id, { name: 'x' }),
    await api.send<Profile>('DELETE', `/v1/profiles/${id}`),
  ])
    expect([status, body.code]).toEqual([409, 'profile-is-default'])
  const { sql, workspaceId } = api.db
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  expect(await deleteProfile(sql, workspaceId, workspaceId, audit)).toBe(false)
  await sql`delete from profiles where id = ${workspaceId}`
  await ensureWorkspace(sql, 'test', newId())
  expect((await show(id)).name).toBe('default')
})

test('an order takes what its profile says, its own templates as a whole and its own limits one by one', async () => {
  await make({ limits: { requestsPerSecond: 5, retries: 0, deadlineSeconds: 600 } })
  const plain = await order({ profile: 'gentle' })
  expect([plain.status, plain.body.profile]).toEqual([202, 'gentle'])
  expect(plain.body.templates).toMatchObject({ tags: ['panel'], excludeTags: [] })
  expect(plain.body.limits).toMatchObject({ requestsPerSecond: 5, retries: 0, concurrency: 10, deadlineSeconds: 600 })
  const own = await order({
    profile: 'gentle',
    templates: { severities: ['high'] },
    limits: { retries: 3, deadlineSeconds: null },
  })
  expect(own.body.templates).toMatchObject({ tags: [], severities: ['high'] })
  expect(own.body.limits).toMatchObject({ requestsPerSecond: 5, retries: 3, deadlineSeconds: null })
  expect((await order({})).body.templates.excludeTags).toContain('dos')
})

test('a rerun carries the profile and what was resolved, whatever has become of the profile', async () => {
  const { id } = (await make()).body
  const first = (await order({ profile: 'gentle' })).body
  await api.send('DELETE', `/v1/profiles/${id}`)
  const again = await api.send<Scan>('POST', `/v1/scans/${first.id}/rerun`)
  expect(again.status).toBe(202)
  const { profile, templates, limits } = first
  expect(again.body).toMatchObject({ profile, templates, limits })
  expect((await order({ profile: 'gentle' })).body.errors?.[0]).toMatchObject({ pointer: '/profile' })
})

test('limits that contradict each other are refused in a profile, its change and an order over it', async () => {
  const { id } = (await make({ limits: { softLimitSeconds: 100, hardLimitSeconds: 200 } })).body
  const refusals = [
    await make({ name: 'x', limits: { hardLimitSeconds: 100 } }),
    await patch(id, { limits: { softLimitSeconds: 195 } }),
    await patch(id, { limits: { softLimitSeconds: null } }),
    await order({ profile: 'gentle', limits: { softLimitSeconds: 195 } }),
  ]
  for (const { status, body } of refusals)
    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'invalid-input', '/limits/hardLimitSeconds'])
  expect((await order({ profile: 'gentle', limits: { softLimitSeconds: 190 } })).status).toBe(202)
})

test.each([
  ['a blank name', { name: ' ' }, '/name'],
  ['a word that is none', { templates: { tags: ['-x'] } }, '/templates/tags/0'],
  ['a limit out of range', { limits: { retries: 11 } }, '/limits/retries'],
  ['an unknown field', { labels: {} }, '/labels'],
])('%s is refused with its pointer, when made and when changed', async (_, change, pointer) => {
  const { id } = (await make()).body
  for (const { status, body } of [await make({ name: 'x', ...change }), await patch(id, change)])
    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'invalid-input', pointer])
})

test('a profile of another workspace and custom templates that are gone are refused at the order', async () => {
  await make({}, { key: await foreignKey(api.db) })
  const gone = formatId('custom-template', newId())
  await make({ name: 'own', templates: { custom: [gone] } })
  const refusals = [await order({ profile: 'gentle' }), await order({ profile: 'own' })]
  expect(refusals.map(({ status, body }) => [status, body.errors?.[0]?.pointer, body.errors?.[0]?.code])).toEqual([
    [422, '/profile', 'unknown-profile'],
    [422, '/profile', 'not-found'],
  ])
})

test('a change made from an older version is not written', async () => {
  const { id } = (await make()).body
  await patch(id, { name: 'first' })
  const audit = { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
  const late = { name: 'late', templates: null, limits: {} }
  const { sql, workspaceId } = api.db
  expect(await changeProfile(sql, workspaceId, parseId('profile', id) ?? '', 1, late, audit)).toBe(false)
  expect((await show(id)).name).toBe('first')
})

test('a list is newest first, the default one last, and its cursor is stable under inserts', async () => {
  for (const name of ['a', 'b']) await make({ name })
  const first = await list('?limit=1')
  await make({ name: 'c' })
  const rest = await list(`?cursor=${first.nextCursor}`)
  expect([...first.data, ...rest.data].map(({ name }) => name)).toEqual(['b', 'a', 'default'])
})
