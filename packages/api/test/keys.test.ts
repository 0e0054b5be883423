import { formatId, newId, parseId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { presets } from '../src/request/permissions.ts'
import { mistakesBySchema } from './conform.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'

type Key = {
  id: string
  name: string
  permissions: string[]
  createdBy: { id: string }
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  secret?: string | null
}

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const create = (body: unknown, sent: Sent = {}) => api.send<Key & ProblemBody>('POST', '/v1/keys', { body, ...sent })
const rotate = (id: string, sent: Sent = {}) => api.send<Key & ProblemBody>('POST', `/v1/keys/${id}/rotate`, sent)
const get = (id: string, sent: Sent = {}) => api.send<Key & ProblemBody>('GET', `/v1/keys/${id}`, sent)
const works = async (key: string) => (await api.send('GET', '/v1/scans', { key })).status === 200
const actions = async (id: string) => {
  const rows = await api.db.sql`select action from audit_events where subject = ${parseId('key', id)} order by id`
  return rows.map(({ action }) => action as string)
}

test('a key is made with its secret in the answer, once, and works', async () => {
  const made = await create({ name: 'ci', preset: 'reader', expiresAt: '2099-01-01T00:00:00Z' })
  const { secret, ...shown } = made.body
  expect([made.status, made.headers.get('Location'), made.headers.get('Cache-Control')]).toEqual([
    201,
    `/v1/keys/${shown.id}`,
    'no-store',
  ])
  expect(shown).toMatchObject({
    name: 'ci',
    permissions: presets.reader,
    createdBy: { kind: 'key', id: formatId('key', api.key.id) },
    expiresAt: '2099-01-01T00:00:00.000Z',
    lastUsedAt: null,
  })
  expect((await get(shown.id)).body).toEqual(shown)
  expect(await works(secret ?? '')).toBe(true)
  expect((await get(shown.id)).body.lastUsedAt).toMatch(/Z$/)
  expect((await api.send('POST', '/v1/scans', { key: secret ?? '', body: {} })).status).toBe(403)
  const { data } = (await api.send<{ data: Key[] }>('GET', '/v1/keys')).body
  expect(data.map(({ id }) => id)).toEqual([shown.id, formatId('key', api.key.id)])
  expect(JSON.stringify(data)).not.toContain('secret')
  expect(await actions(shown.id)).toEqual(['key.created'])
})

test('the use of a key is written down at most once a minute', async () => {
  const { sql, workspaceId } = api.db
  const key = await addKey(api.db, workspaceId, presets.reader)
  const used = async () => {
    await works(key.text)
    return (await sql<{ at: Date }[]>`select last_used_at as at from api_keys where id = ${key.id}`)[0]?.at
  }
  const first = await used()
  expect(await used()).toEqual(first)
  await sql`update api_keys set last_used_at = now() - interval '61 seconds' where id = ${key.id}`
  expect((await used())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity)
})

test('a replayed answer has no secret, and one key was made', async () => {
  const sent = { headers: { 'Idempotency-Key': 'k-1' } }
  const first = await create({ name: 'once', permissions: ['scans:read', 'scans:read'] }, sent)
  const again = await create({ name: 'once', permissions: ['scans:read', 'scans:read'] }, sent)
  expect(first.body.permissions).toEqual(['scans:read'])
  expect([again.status, again.body.id, again.body.secret]).toEqual([201, first.body.id, null])
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(first.body.secret).toMatch(/^asy_/)
})

test('a key makes none that may do more than itself', async () => {
  const key = await addKey(api.db, api.db.workspaceId, ['keys:write', 'scans:read'])
  const more = await create({ name: 'more', preset: 'admin' }, { key })
  expect([more.status, more.body.code]).toEqual([403, 'permission-missing'])
  expect((await create({ name: 'same', permissions: ['scans:read'] }, { key })).status).toBe(201)
  const admin = await create({ name: 'admin', preset: 'admin' })
  expect((await rotate(admin.body.id, { key })).body.code).toBe('permission-missing')
})

test('a rotated key has a successor, and works until the overlap is over', async () => {
  const old = (await create({ name: 'turn', preset: 'reader', expiresAt: '2099-01-01T00:00:00Z' })).body
  const next = await rotate(old.id, { body: { overlapSeconds: 60 } })
  expect([next.status, next.body.name, next.body.permissions]).toEqual([201, 'turn', presets.reader])
  expect(next.body.expiresAt).toMatch(/^20(?:98|99)-/)
  expect([await works(old.secret ?? ''), await works(next.body.secret ?? '')]).toEqual([true, true])
  const ends = Date.parse((await get(old.id)).body.expiresAt ?? '') - Date.now()
  expect(ends).toBeLessThanOrEqual(60_000)
  const last = await rotate(next.body.id, { body: { overlapSeconds: 0 } })
  expect([await works(next.body.secret ?? ''), await works(last.body.secret ?? '')]).toEqual([false, true])
  expect(await actions(last.body.id)).toEqual(['key.rotated'])
  const third = await rotate(old.id)
  expect(Date.parse((await get(old.id)).body.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(60_000)
  expect(third.status).toBe(201)
})

test('a key that is rotated twice has successors that live as long as it was made for', async () => {
  for (const expiresAt of [null, '2099-01-01T00:00:00Z']) {
    const old = (await create({ name: 'twice', preset: 'reader', expiresAt })).body
    const ends = []
    for (let n = 0; n < 2; n++) ends.push((await rotate(old.id, { body: { overlapSeconds: 3600 } })).body.expiresAt)
    for (const end of ends) expect(end?.slice(0, 3) ?? null).toBe(expiresAt === null ? null : '209')
  }
})

test('a key that has expired is not brought back by a rotation', async () => {
  const old = (await create({ name: 'over', preset: 'reader' })).body
  await api.db.sql`update api_keys set expires_at = now() - interval '1 second' where id = ${parseId('key', old.id)}`
  const { status, body } = await rotate(old.id)
  expect([status, body.code, body.detail]).toEqual([404, 'key-not-found', 'The key has expired: make a new one'])
})

test('a revoked key is refused from then on and gone from the lists', async () => {
  const { id, secret } = (await create({ name: 'gone', preset: 'reader' })).body
  expect((await api.send('DELETE', `/v1/keys/${id}`)).status).toBe(204)
  expect(await works(secret ?? '')).toBe(false)
  for (const answer of [await get(id), await rotate(id), await api.send<ProblemBody>('DELETE', `/v1/keys/${id}`)])
    expect([answer.status, answer.body.code]).toEqual([404, 'key-not-found'])
  expect(await actions(id)).toEqual(['key.created', 'key.revoked'])
})

test('a key does not end itself, nor anyone the bootstrap key', async () => {
  const own = formatId('key', api.key.id)
  expect((await api.send<ProblemBody>('DELETE', `/v1/keys/${own}`)).body.code).toBe('key-is-own')
  expect((await rotate(own)).body.code).toBe('key-is-own')
  const bootstrapKey = { id: newId(), secretHash: new Uint8Array(32) }
  const app = createApp({ ...api.deps, bootstrapKey })
  const foreign = await foreignKey(api.db)
  for (const [key, code] of [
    [api.key, 'key-is-bootstrap'],
    [foreign, 'key-not-found'],
  ] as const) {
    const headers = { Authorization: `Bearer ${key.text}` }
    const response = await app.request(`/v1/keys/${formatId('key', bootstrapKey.id)}`, { method: 'DELETE', headers })
    expect(await response.json()).toMatchObject({ code })
  }
  for (const answer of [await get(own, { key: foreign }), await rotate(own, { key: foreign })])
    expect(answer.body.code).toBe('key-not-found')
})

test.each([
  [{ name: 'x' }, ''],
  [{ name: 'x', preset: 'reader', permissions: ['scans:read'] }, ''],
  [{ name: 'x', permissions: [] }, '/permissions'],
  [{ name: 'x', permissions: ['scans:all'] }, '/permissions/0'],
  [{ name: 'x', preset: 'root' }, '/preset'],
  [{ name: ' ', preset: 'reader' }, '/name'],
  [{ name: 'x\u0007', preset: 'reader' }, '/name'],
  [{ preset: 'reader' }, '/name'],
  [{ name: 'x', preset: 'reader', expiresAt: '2001-01-01T00:00:00Z' }, '/expiresAt'],
  [{ name: 'x', preset: 'reader', expiresAt: '9999-12-31T23:59:59-23:59' }, '/expiresAt'],
  [{ name: 'x', preset: 'reader', id: 'key_x' }, '/id'],
])('%j is refused', async (body, pointer) => {
  const answer = await create(body)
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer])
})

test('an overlap out of range is refused', async () => {
  const { id } = (await create({ name: 'range', preset: 'reader' })).body
  for (const overlapSeconds of [-1, 1.5, 2_592_001])
    expect((await rotate(id, { body: { overlapSeconds } })).body.errors?.[0]?.pointer).toBe('/overlapSeconds')
})

test('the document takes a preset or permissions, as the route does, and neither both nor none', () => {
  const mistakes = (more: object) =>
    mistakesBySchema({ $ref: '#/components/schemas/NewKey' }, { name: 'x', ...more }).length > 0
  expect([{ preset: 'reader' }, { permissions: ['scans:read'], expiresAt: null }].map(mistakes)).toEqual([false, false])
  expect([{}, { preset: 'reader', permissions: ['scans:read'] }, { permissions: [] }].map(mistakes)).toEqual([
    ...[true, true, true],
  ])
})
