import { formatId, newId } from '@assayer/schema'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { presets } from '../src/request/permissions.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

type Event = { id: string; action: string; actor: { kind: string; id: string }; subject: string; createdAt: string }
type Full = Event & { requestId: string; client: string | null; detail: Record<string, unknown> }
type List = ProblemBody & { data: Full[]; nextCursor: string | null }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(async () => {
  await api.db.sql`delete from audit_events`
})
afterAll(() => api.close())

const list = async (query = '') => (await api.send<List>('GET', `/v1/audit-events${query}`)).body
const actions = async (query: string) => (await list(query)).data.map(({ action }) => action)
const makeTarget = async (name: string, sent = {}) =>
  (
    await api.send<{ id: string }>('POST', '/v1/targets', {
      body: { name, address: 'a.example.com' },
      headers: { 'X-Request-Id': `made-${name}` },
      ...sent,
    })
  ).body.id

test('an act is told with who did it, to what, and by which request', async () => {
  const id = await makeTarget('one')
  const { data } = await list()
  expect(data).toEqual([
    {
      id: expect.stringMatching(/^aud_/),
      action: 'target.created',
      actor: { kind: 'key', id: formatId('key', api.key.id) },
      subject: id,
      requestId: 'made-one',
      client: null,
      detail: { name: 'one', address: 'a.example.com', labels: {} },
      createdAt: expect.any(String),
    },
  ])
  const shown = await api.send<Full>('GET', `/v1/audit-events/${data[0]?.id}`)
  expect(shown.body).toEqual(data[0])
  const headers = { 'If-None-Match': shown.headers.get('ETag') ?? '' }
  expect((await api.send('GET', `/v1/audit-events/${data[0]?.id}`, { headers })).status).toBe(304)
})

test('each filter narrows the trail, and a repeated one takes any', async () => {
  const other = await addKey(api.db, api.db.workspaceId, presets.admin)
  const one = await makeTarget('one')
  await makeTarget('two', { key: other })
  const all = await list()
  const [second, first] = all.data
  await api.db.sql`update audit_events set created_at = now() - interval '1 hour' where request_id = 'made-one'`
  await api.send('DELETE', `/v1/targets/${one}`)
  expect(await actions(`?subject=${one}`)).toEqual(['target.deleted', 'target.created'])
  expect(await actions(`?subject=${one}&subject=${second?.subject}`)).toHaveLength(3)
  expect(await actions(`?actor=${formatId('key', other.id)}`)).toEqual(['target.created'])
  expect(await actions('?action=target.deleted')).toEqual(['target.deleted'])
  expect(await actions('?action=target.deleted&action=target.created')).toHaveLength(3)
  expect(await actions(`?createdBefore=${second?.createdAt}`)).toEqual(['target.created'])
  expect(await actions(`?createdAfter=${new Date(Date.now() - 1_800_000).toISOString()}`)).toHaveLength(2)
  expect(first?.subject).toBe(one)
})

test('the newest come first, and the cursor is stable under further acts', async () => {
  for (const name of ['one', 'two', 'three']) await makeTarget(name)
  const first = await list('?limit=2')
  await makeTarget('four')
  const rest = await list(`?limit=2&cursor=${first.nextCursor}`)
  expect([...first.data, ...rest.data].map(({ detail }) => detail['name'])).toEqual(['three', 'two', 'one'])
  expect(rest.nextCursor).toBeNull()
})

test('a key that replaced another is told by their ids', async () => {
  const made = await api.send<{ id: string }>('POST', '/v1/keys', { body: { name: 'k', preset: 'reader' } })
  const next = await api.send<{ id: string }>('POST', `/v1/keys/${made.body.id}/rotate`, { body: {} })
  const [event] = (await list('?action=key.rotated')).data
  expect([event?.subject, event?.detail['replaces']]).toEqual([next.body.id, made.body.id])
})

test.each([
  ['action=Scan', 'action'],
  ['actor=scn_01kb3v0j5hf6ct4c2f8v9wq3am', 'actor'],
  ['subject=none', 'subject'],
  ['createdAfter=yesterday', 'createdAfter'],
])('?%s is refused by name', async (query, name) => {
  const { code, errors } = await list(`?${query}`)
  expect([code, errors?.[0]?.name]).toEqual(['invalid-input', name])
})

test('an unknown or foreign event is none, and readers see no trail', async () => {
  const foreign = await foreignKey(api.db)
  await makeTarget('theirs', { key: foreign })
  const [theirs] = (await api.send<List>('GET', '/v1/audit-events', { key: foreign })).body.data
  expect((await list()).data).toEqual([])
  for (const id of [theirs?.id, formatId('audit-event', newId()), 'x']) {
    const { status, body } = await api.send<ProblemBody>('GET', `/v1/audit-events/${id}`)
    expect([status, body.code]).toEqual([404, 'audit-event-not-found'])
  }
  const reader = await addKey(api.db, api.db.workspaceId, presets.operator)
  expect((await api.send<List>('GET', '/v1/audit-events', { key: reader })).status).toBe(403)
})

test('every act of a request is told with the address it came from', async () => {
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }
    const response = await api.app.request(path, init, { address: '192.0.2.7' })
    expect(response.status).toBeLessThan(300)
    const text = await response.text()
    return text === '' ? '' : `/${(JSON.parse(text) as { id: string }).id}`
  }
  const kept: [string, object, object | null][] = [
    ['/v1/targets', { name: 't', address: 'a.example.com' }, { name: 'u' }],
    ['/v1/profiles', { name: 'p' }, { name: 'q' }],
    ['/v1/webhook-endpoints', { url: 'https://hooks.example.com/' }, { enabled: false }],
    ['/v1/scope-rules', { effect: 'allow', pattern: 'b.example.com', note: 'n' }, null],
    ['/v1/keys', { name: 'k', preset: 'reader' }, null],
  ]
  for (const [path, body, change] of kept) {
    const id = await ask('POST', path, body)
    if (change) await ask('PATCH', path + id, change)
    await ask('DELETE', path + id)
  }
  const scan = await ask('POST', '/v1/scans', { targets: ['a.example.com'] })
  await ask('PATCH', `/v1/scans${scan}`, { priority: 9 })
  for (const act of ['pause', 'resume', 'cancel']) await ask('POST', `/v1/scans${scan}/${act}`)
  await ask('DELETE', `/v1/scans${scan}`)
  const { data } = await list()
  expect(data).toHaveLength(19)
  expect(data.filter(({ client }) => client !== '192.0.2.7')).toEqual([])
})
