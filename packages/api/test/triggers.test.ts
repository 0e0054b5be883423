import { createSealer, formatId, parseId, triggerPlace } from '@assayer/schema'
import { getTrigger } from '@assayer/schema/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mergePatch } from '../src/triggers/merge-patch.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(() => api.db.sql`truncate triggers cascade`)
afterAll(() => api.close())

type Trigger = { id: string; secret: string | null; previousSecretExpiresAt: string | null }
const route = '/v1/triggers'
const order = { targets: [{ fromPayload: '/deployment_status/environment_url' }, 'https://example.com'] }
const make = (change: object = {}, more = {}) =>
  api.send<Trigger & ProblemBody>('POST', route, { body: { name: 'one', kind: 'github', order, ...change }, ...more })

test('a trigger is made with a secret that only this answer has, sealed in its row', async () => {
  const { status, headers, body } = await make()
  expect([status, headers.get('Location'), headers.get('Cache-Control')]).toEqual([
    201,
    `${route}/${body.id}`,
    'no-store',
  ])
  expect(body).toMatchObject({
    events: [],
    filters: { branches: [], environments: [], states: [] },
    order: { ...order, evidence: 'redacted', priority: 5 },
    enabled: true,
    secret: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  })
  const { secret, ...rest } = body
  expect((await api.send('GET', `${route}/${body.id}`)).body).toEqual(rest)
  expect((await api.send<{ data: object[] }>('GET', route)).body.data).toEqual([rest])
  const uuid = parseId('trigger', body.id) ?? ''
  const row = await getTrigger(api.db.sql, api.db.workspaceId, uuid)
  const sealer = await createSealer(new Uint8Array(32).fill(7))
  expect(await sealer.open(row?.secretSealed ?? new Uint8Array(), triggerPlace(uuid))).toBe(secret)
  const [text] = await api.db.sql`select row_to_json(t)::text as row from triggers t`
  expect(text?.['row']).not.toContain(secret)
})

test.each([
  [{ name: '' }, '/name'],
  [{ kind: 'bitbucket' }, '/kind'],
  [{ events: ['issues'] }, '/events/0'],
  [{ secret: 'short' }, '/secret'],
  [{ kind: 'standard', secret: 'whsec_QUJD' }, '/secret'],
  [{ kind: 'gitlab', secret: 'whsec_this is not base64 at all' }, '/secret'],
  [{ filters: { tags: [] } }, '/filters/tags'],
  [{ order: { targets: [] } }, '/order/targets'],
  [{ order: { targets: [{ fromPayload: 'no-slash' }] } }, '/order/targets/0/fromPayload'],
  [{ order: { targets: ['https://example.com'], evidence: 'full' } }, '/order/evidence'],
  [{ order: { ...order, limits: { softLimitSeconds: 100, hardLimitSeconds: 105 } } }, '/order/limits/hardLimitSeconds'],
  [{ answer: { kind: 'github' } }, '/answer/token'],
  [{ answer: { kind: 'gitlab', token: 'a-token-of-gitlab' } }, '/answer/kind'],
  [{ answer: { kind: 'github', token: 'with a space' } }, '/answer/token'],
  [{ answer: { kind: 'github', token: 'a-token-of-github', status: false } }, '/answer/status'],
  [{ kind: 'hmac', answer: { kind: 'gitlab', token: 'a-token-of-gitlab', sarif: true } }, '/answer/sarif'],
  [{ answer: { kind: 'github', token: 'a-token-of-github', baseUrl: 'https://example.com/?x=' } }, '/answer/baseUrl'],
])('%j is refused at %s', async (change, pointer) => {
  const { status, body } = await make(change)
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'invalid-input', pointer])
  expect(await api.db.sql`select from triggers`).toHaveLength(0)
})

test('a target that can never be one is refused when the trigger is made', async () => {
  const { status, body } = await make({ order: { targets: ['https://example.com', 'gopher://example.com'] } })
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'target-invalid', '/order/targets/1'])
})

test('a retry under the same key gets the first answer, but never the secret again; a second of the name is refused', async () => {
  const more = { headers: { 'Idempotency-Key': 'one' } }
  const first = await make({}, more)
  const again = await make({}, more)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(again.body).toEqual({ ...first.body, secret: null, createdAt: expect.any(String) as string })
  const taken = await make()
  expect([taken.status, taken.body.code, taken.body.errors?.[0]?.pointer]).toEqual([409, 'name-taken', '/name'])
})

test('a change merges deeply, is judged as a whole and holds to If-Match', async () => {
  const { body } = await make({ filters: { branches: ['main'], states: ['success'] } })
  const at = `${route}/${body.id}`
  const etag = (await api.send('GET', at)).headers.get('ETag') ?? ''
  const change = { filters: { branches: null }, order: { labels: { team: 'web' }, priority: 9 }, enabled: false }
  const changed = await api.send('PATCH', at, { body: change, headers: { 'If-Match': etag } })
  expect([changed.status, changed.body]).toMatchObject([
    200,
    {
      filters: { branches: [], states: ['success'] },
      order: { ...order, labels: { team: 'web' }, priority: 9 },
      enabled: false,
    },
  ])
  const late = await api.send<ProblemBody>('PATCH', at, { body: {}, headers: { 'If-Match': etag } })
  expect([late.status, late.body.code]).toEqual([412, 'version-mismatch'])
  const wrong = await api.send<ProblemBody>('PATCH', at, { body: { order: { priority: 10 } } })
  expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/order/priority'])
  await make({ name: 'two' })
  expect((await api.send<ProblemBody>('PATCH', at, { body: { name: 'two' } })).body.code).toBe('name-taken')
})

const token = 'a-secret-token-of-the-forge'
const answer = { kind: 'github', baseUrl: 'https://api.github.com', status: true, sarif: false, severityFloor: 'high' }

test('an answer to the forge is shown with its defaults, its token never, and makes an endpoint that nobody else sees', async () => {
  const { status, body } = await make(
    { answer: { kind: 'github', token } },
    { headers: { 'Idempotency-Key': 'answer' } },
  )
  expect([status, body]).toMatchObject([201, { answer }])
  const texts = [body, (await api.send('GET', `${route}/${body.id}`)).body, (await api.send('GET', route)).body]
  const changed = await api.send('PATCH', `${route}/${body.id}`, { body: { answer: { sarif: true } } })
  expect([changed.status, changed.body]).toMatchObject([200, { answer: { ...answer, sarif: true } }])
  const audit = await api.db.sql`select to_jsonb(a) as row from audit_events a`
  const kept = await api.db.sql`select to_jsonb(a) as row from idempotency_keys a`
  const rows = await api.db.sql`select to_jsonb(t) as row from triggers t`
  for (const text of [...texts, changed.body, audit, kept, rows]) expect(JSON.stringify(text)).not.toContain(token)
  const kinds = () => api.db.sql<{ id: string; kind: string }[]>`select id, kind from webhook_endpoints order by kind`
  const made = await kinds()
  expect(made.map(({ kind }) => kind)).toEqual(['github-sarif', 'github-status'])
  expect((await api.send<{ data: object[] }>('GET', '/v1/webhook-endpoints')).body.data).toEqual([])
  const id = formatId('webhook-endpoint', made[0]?.id ?? '')
  for (const [method, more] of [
    ['GET', ''],
    ['PATCH', ''],
    ['POST', '/test'],
    ['POST', '/rotate-secret'],
    ['DELETE', ''],
  ] as const) {
    const sent = method === 'PATCH' ? { body: { enabled: false } } : {}
    expect((await api.send(method, `/v1/webhook-endpoints/${id}${more}`, sent)).status).toBe(404)
  }
  await api.send('PATCH', `${route}/${body.id}`, { body: { answer: null } })
  expect([await kinds(), (await api.send('GET', `${route}/${body.id}`)).body]).toMatchObject([[], { answer: null }])
})

test('a token does not follow an answer to another address or forge', async () => {
  const { body } = await make({ kind: 'hmac', answer: { kind: 'github', token } })
  const at = `${route}/${body.id}`
  for (const moved of [{ baseUrl: 'https://example.com' }, { kind: 'gitlab', baseUrl: 'https://gitlab.com' }]) {
    const { status, body: refused } = await api.send<ProblemBody>('PATCH', at, { body: { answer: moved } })
    expect([status, refused.errors?.[0]?.pointer]).toEqual([422, '/answer/token'])
    const given = await api.send('PATCH', at, { body: { answer: { ...moved, token: `${token}-2` } } })
    expect([given.status, given.body]).toMatchObject([200, { answer: moved }])
  }
})

test('an answer that is no longer sent is shown, by another ETag, and a change of it has it sent again', async () => {
  const { body } = await make({ answer: { kind: 'github', token, sarif: true } })
  const at = `${route}/${body.id}`
  const fresh = { enabled: true, disabledReason: null, failingSince: null }
  expect(body).toMatchObject({
    answers: [
      { kind: 'github-status', ...fresh },
      { kind: 'github-sarif', ...fresh },
    ],
  })
  const before = await api.send('GET', at)
  await api.db.sql`
    update webhook_endpoints set enabled = false, disabled_reason = 'failing', failing_since = '2026-11-20T10:00:00.123456Z'
    where kind = 'github-status'`
  const shown = await api.send('GET', at, { headers: { 'If-None-Match': before.headers.get('ETag') ?? '' } })
  const disabled = { enabled: false, disabledReason: 'failing', failingSince: '2026-11-20T10:00:00.123Z' }
  const answers = [
    { kind: 'github-status', ...disabled },
    { kind: 'github-sarif', ...fresh },
  ]
  expect([shown.status, shown.body]).toMatchObject([200, { enabled: true, answers }])
  expect((await api.send<{ data: object[] }>('GET', route)).body.data).toMatchObject([{ answers }])
  const change = { answer: { token: `${token}-2` } }
  const changed = await api.send('PATCH', at, {
    body: change,
    headers: { 'If-Match': shown.headers.get('ETag') ?? '' },
  })
  expect([changed.status, changed.body]).toMatchObject([200, { answers: [fresh, fresh] }])
})

test('an answer goes to no private address', async () => {
  const { status, body } = await make({ answer: { kind: 'github', token, baseUrl: 'https://169.254.169.254/' } })
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'url-not-permitted', '/answer/baseUrl'])
})

test('a rotation answers with the new secret, once, and the old one counts a while', async () => {
  const { body } = await make()
  const at = `${route}/${body.id}/rotate-secret`
  const rotated = await api.send<Trigger>('POST', at, { headers: { 'Idempotency-Key': 'turn' } })
  expect([rotated.status, rotated.body.secret === body.secret]).toEqual([201, false])
  const again = await api.send<Trigger>('POST', at, { headers: { 'Idempotency-Key': 'turn' } })
  expect([again.status, again.body.secret]).toEqual([201, null])
  expect((await api.send<Trigger>('GET', `${route}/${body.id}`)).body.previousSecretExpiresAt).not.toBeNull()
})

test('each act leaves its audit event', async () => {
  const { body } = await make({ name: 'told' })
  await api.send('PATCH', `${route}/${body.id}`, { body: { enabled: false } })
  await api.send('POST', `${route}/${body.id}/rotate-secret`)
  expect((await api.send('DELETE', `${route}/${body.id}`)).status).toBe(204)
  const rows = await api.db.sql`
    select action from audit_events where subject = ${parseId('trigger', body.id)} order by id`
  expect(rows.map((row) => String(row['action']))).toEqual(
    ['created', 'changed', 'secret-rotated', 'deleted'].map((act) => `trigger.${act}`),
  )
})

test('another workspace finds none of it, and a reader may not write', async () => {
  const { body } = await make()
  const key = await foreignKey(api.db)
  for (const [method, path] of [
    ['GET', `${route}/${body.id}`],
    ['PATCH', `${route}/${body.id}`],
    ['DELETE', `${route}/${body.id}`],
    ['POST', `${route}/${body.id}/rotate-secret`],
  ] as const) {
    const more = method === 'PATCH' ? { body: {} } : {}
    const refused = await api.send<ProblemBody>(method, path, { key, ...more })
    expect([path, refused.status, refused.body.code]).toEqual([path, 404, 'trigger-not-found'])
  }
  const reader = await addKey(api.db, api.db.workspaceId, ['triggers:read'])
  expect((await make({}, { key: reader })).body.code).toBe('permission-missing')
})

// The examples of RFC 7396, appendix A.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j changed by %j is %j', (value, patch, merged) => {
  expect(mergePatch(value, patch)).toEqual(merged)
})
