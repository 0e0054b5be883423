import { createSealer, endpointPlace, newId, parseId, parseScopePattern, receiverScope } from '@assayer/schema'
import { claimDeliveries, getWebhookEndpoint, markFailed } from '@assayer/schema/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(() => api.db.sql`truncate webhook_endpoints cascade`)
afterAll(() => api.close())

type Endpoint = { id: string; secret: string | null; headers: object; events: string[]; enabled: boolean; url: string }
type Delivery = { id: string; state: string; attempts: object[]; request?: { body: string | null }; nextTryAt: string }
const route = '/v1/webhook-endpoints'
const make = (change: object = {}, more = {}) =>
  api.send<Endpoint & ProblemBody>('POST', route, { body: { url: 'https://hooks.example.com/a', ...change }, ...more })
const uuidOf = (id: string) => parseId('webhook-endpoint', id) ?? ''

test('an endpoint is made with a secret that only this answer has, sealed in its row', async () => {
  const { status, headers, body } = await make({ headers: { 'X-Token': 'secret-value' } })
  expect([status, headers.get('Location'), headers.get('Cache-Control')]).toEqual([
    201,
    `${route}/${body.id}`,
    'no-store',
  ])
  expect(body).toMatchObject({
    kind: 'standard',
    events: ['scan.finished'],
    severityFloor: 'high',
    headers: { 'X-Token': null },
    enabled: true,
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  })
  const { secret, ...rest } = body
  expect((await api.send(`GET`, `${route}/${body.id}`)).body).toEqual(rest)
  const row = await getWebhookEndpoint(api.db.sql, api.db.workspaceId, uuidOf(body.id))
  const stored = Buffer.from(row?.secretSealed ?? []).toString('latin1')
  expect(stored).not.toContain(secret)
  const sealer = await createSealer(new Uint8Array(32).fill(7))
  expect(await sealer.open(row?.secretSealed ?? new Uint8Array(), endpointPlace(uuidOf(body.id), 'secret'))).toBe(
    secret,
  )
  const [text] = await api.db.sql`select row_to_json(e)::text as row from webhook_endpoints e`
  expect(text?.['row']).not.toContain('secret-value')
})

test.each([
  ['http://hooks.example.com/', 'https'],
  ['https://127.0.0.1/', 'private'],
  ['https://[::ffff:10.0.0.1]/', 'usual form'],
  ['https://localhost/', 'private'],
  ['https://user@hooks.example.com/', 'user'],
  ['gopher://hooks.example.com/', 'URL'],
  ['https://hooks.example.com:0/', 'port 0'],
])('%s is not permitted', async (url, word) => {
  const { status, body } = await make({ url })
  expect([status, body.code]).toEqual([422, 'url-not-permitted'])
  expect(body.errors).toMatchObject([{ pointer: '/url', message: expect.stringContaining(word) }])
})

test('what the operator opens by WEBHOOK_ALLOW is permitted', async () => {
  const parsed = parseScopePattern('127.0.0.1:9000')
  if (!parsed.ok) throw new Error(parsed.message)
  const app = createApp({ ...api.deps, receivers: receiverScope([parsed.pattern], []) })
  const post = async (url: string) => {
    const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
    return (await app.request(route, { method: 'POST', headers, body: JSON.stringify({ url }) })).status
  }
  expect(await post('http://127.0.0.1:9000/hook')).toBe(201)
  expect(await post('http://127.0.0.1:9001/hook')).toBe(422)
})

test.each([
  [{ url: 1 }, '/url'],
  [{ events: [] }, '/events'],
  [{ events: ['scan.exploded'] }, '/events/0'],
  [{ headers: { 'webhook-id': 'x' } }, '/headers/webhook-id'],
  [{ headers: { Host: 'x' } }, '/headers/Host'],
  [{ headers: { 'X-A': 'a\r\nX-B: b' } }, '/headers/X-A'],
  [{ headers: { 'X-A': 'a', 'x-a': 'b' } }, '/headers'],
  [{ severityFloor: 'worst' }, '/severityFloor'],
  [{ surprise: 1 }, '/surprise'],
])('%j is refused at %s', async (change, pointer) => {
  const { status, body } = await make(change)
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'invalid-input', pointer])
})

test('without a SECRETS_KEY nothing is stored, and the answer says what the operator has to do', async () => {
  const app = createApp({ ...api.deps, sealer: null })
  const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ url: 'https://hooks.example.com/' })
  const reply = await app.request(route, { method: 'POST', headers, body })
  expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('SECRETS_KEY')])
  expect(await api.db.sql`select from webhook_endpoints`).toHaveLength(0)
})

test('a retry under the same key gets the first answer, but never the secret again', async () => {
  const first = await make({}, { headers: { 'Idempotency-Key': 'one' } })
  const again = await make({}, { headers: { 'Idempotency-Key': 'one' } })
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(again.body).toEqual({ ...first.body, secret: null, createdAt: expect.any(String) as string })
  expect(await api.db.sql`select from webhook_endpoints`).toHaveLength(1)
})

test('a change merges, keeps the other headers, and holds to If-Match', async () => {
  const { body } = await make({ headers: { 'X-A': '1', 'X-B': '2' } })
  const at = `${route}/${body.id}`
  const shown = await api.send('GET', at)
  const etag = shown.headers.get('ETag') ?? ''
  const change = { headers: { 'X-B': null, 'X-C': '3' }, events: ['scan.*'], enabled: false }
  const changed = await api.send<Endpoint>('PATCH', at, { body: change, headers: { 'If-Match': etag } })
  expect([changed.status, changed.body]).toMatchObject([
    200,
    { headers: { 'X-A': null, 'X-C': null }, events: ['scan.*'], enabled: false },
  ])
  const late = await api.send<ProblemBody>('PATCH', at, { body: {}, headers: { 'If-Match': etag } })
  expect([late.status, late.body.code]).toEqual([412, 'version-mismatch'])
  const back = await api.send<Endpoint>('PATCH', at, { body: { events: null, enabled: null, headers: null } })
  expect(back.body).toMatchObject({ events: ['scan.finished'], enabled: true, headers: {} })
  expect((await api.send<ProblemBody>('PATCH', at, { body: { url: 'http://a.example.com' } })).body.code).toBe(
    'url-not-permitted',
  )
})

test('a change of one field alone changes that one', async () => {
  const { body } = await make({ headers: { 'X-A': '1' } })
  const at = `${route}/${body.id}`
  await api.db.sql`update webhook_endpoints set enabled = false, disabled_reason = 'gone' where id = ${uuidOf(body.id)}`
  expect((await api.send<Endpoint>('PATCH', at, { body: { enabled: true } })).body.enabled).toBe(true)
  const url = 'https://hooks.example.com/b'
  expect((await api.send<Endpoint>('PATCH', at, { body: { url } })).body).toMatchObject({
    url,
    headers: { 'X-A': null },
  })
  expect((await api.send('PATCH', at, { body: { severityFloor: 'low' } })).body).toMatchObject({
    url,
    severityFloor: 'low',
    enabled: true,
    headers: { 'X-A': null },
  })
})

test('header values that were given for one receiver are not sent to another', async () => {
  const { body } = await make({ headers: { 'X-A': '1' } })
  const at = `${route}/${body.id}`
  const url = 'https://elsewhere.example.com/'
  const refused = await api.send<ProblemBody>('PATCH', at, { body: { url } })
  expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/headers'])
  const moved = await api.send<Endpoint>('PATCH', at, { body: { url, headers: { 'X-B': '2' } } })
  expect(moved.body).toMatchObject({ url, headers: { 'X-B': null } })
  expect(moved.body.headers).not.toHaveProperty('X-A')
})

test('headers that SECRETS_KEY does not open stop no change but one that would keep them', async () => {
  const { body } = await make({ headers: { 'X-A': '1' } })
  const lost = await createSealer(new Uint8Array(32).fill(8))
  const sealed = await lost.seal('{"X-A":"1"}', endpointPlace(uuidOf(body.id), 'headers'))
  await api.db.sql`update webhook_endpoints set headers_sealed = ${sealed}`
  const patch = (change: object) => api.send<Endpoint & ProblemBody>('PATCH', `${route}/${body.id}`, { body: change })
  expect((await patch({ severityFloor: 'low' })).status).toBe(200)
  const refused = await patch({ headers: { 'X-B': '2' } })
  expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/headers'])
  expect(refused.body.errors?.[0]?.message).toContain('SECRETS_KEY')
  expect((await patch({ headers: null })).status).toBe(200)
  expect((await patch({ headers: { 'X-B': '2' } })).body.headers).toEqual({ 'X-B': null })
})

test('a sample is queued, shown, retried and replayed', async () => {
  const { body } = await make()
  const rings = api.rings()
  const sent = await api.send<Delivery>('POST', `${route}/${body.id}/test`)
  expect([sent.status, sent.body]).toMatchObject([
    202,
    { state: 'pending', type: 'endpoint.test', endpointId: body.id, sequence: 1 },
  ])
  expect(api.rings()).toBe(rings + 1)
  const at = `/v1/webhook-deliveries/${sent.body.id}`
  expect((await api.send<Delivery>('GET', at)).body).toMatchObject({
    request: { url: 'https://hooks.example.com/a', body: null },
  })
  const [claimed] = await claimDeliveries(api.db.sql, { id: newId(), leaseMs: 30_000, most: 1 })
  if (claimed === undefined) throw new Error('nothing to send')
  const failure = { at: new Date().toISOString(), durationMs: 3, status: 500, error: 'the receiver answered 500' }
  await markFailed(api.db.sql, claimed, failure, { waitMs: null, gone: false })
  const list = await api.send<{ data: Delivery[] }>('GET', `/v1/webhook-deliveries?state=dead&endpointId=${body.id}`)
  expect(list.body.data).toMatchObject([
    { id: sent.body.id, state: 'dead', replyStatus: 500, attempts: [failure], nextTryAt: null },
  ])
  const retried = await api.send<Delivery>('POST', `${at}/retry`)
  expect([retried.status, retried.body.state]).toEqual([202, 'pending'])
  const replay = (since: string) =>
    api.send<{ due: number; nextSince: null } & ProblemBody>('POST', `${route}/${body.id}/replay?since=${since}`)
  expect([(await replay('2020-01-01T00:00:00Z')).body, (await replay('yesterday')).status]).toEqual([
    { due: 0, nextSince: null },
    422,
  ])
  const missing = await api.send<ProblemBody>('POST', `${route}/${body.id}/replay`)
  expect([missing.status, missing.body.errors?.[0]]).toMatchObject([422, { name: 'since', code: 'required' }])
  const more = { body: { since: '2020-01-01T00:00:00Z' } }
  const said = await api.send<ProblemBody>('POST', `${route}/${body.id}/replay?since=2020-01-01T00:00:00Z`, more)
  expect([said.status, said.body.errors?.[0]?.pointer]).toEqual([422, '/since'])
})

test('a disabled endpoint is sent nothing, and says so', async () => {
  const { body } = await make({ enabled: false })
  for (const act of ['test', 'replay?since=2020-01-01T00:00:00Z']) {
    const refused = await api.send<ProblemBody>('POST', `${route}/${body.id}/${act}`)
    expect([refused.status, refused.body.code]).toEqual([409, 'in-use'])
  }
})

test('a rotation answers with the new secret, once', async () => {
  const { body } = await make()
  const at = `${route}/${body.id}/rotate-secret`
  const rotated = await api.send<{ secret: string }>('POST', at, { headers: { 'Idempotency-Key': 'turn' } })
  expect([rotated.status, rotated.body.secret === body.secret]).toEqual([201, false])
  const again = await api.send<{ secret: string | null }>('POST', at, { headers: { 'Idempotency-Key': 'turn' } })
  expect([again.status, again.body.secret]).toEqual([201, null])
  const shown = await api.send<{ previousSecretExpiresAt: string | null }>('GET', `${route}/${body.id}`)
  expect(shown.body.previousSecretExpiresAt).not.toBeNull()
})

test('another workspace finds none of it, and a reader may not write', async () => {
  const { body } = await make()
  const { body: sample } = await api.send<Delivery>('POST', `${route}/${body.id}/test`)
  const key = await foreignKey(api.db)
  for (const [method, path, code] of [
    ['GET', `${route}/${body.id}`, 'webhook-endpoint-not-found'],
    ['PATCH', `${route}/${body.id}`, 'webhook-endpoint-not-found'],
    ['DELETE', `${route}/${body.id}`, 'webhook-endpoint-not-found'],
    ['POST', `${route}/${body.id}/test`, 'webhook-endpoint-not-found'],
    ['POST', `${route}/${body.id}/rotate-secret`, 'webhook-endpoint-not-found'],
    ['POST', `${route}/${body.id}/replay?since=2020-01-01T00:00:00Z`, 'webhook-endpoint-not-found'],
    ['GET', `/v1/webhook-deliveries/${sample.id}`, 'webhook-delivery-not-found'],
    ['POST', `/v1/webhook-deliveries/${sample.id}/retry`, 'webhook-delivery-not-found'],
  ] as const) {
    const more = method === 'PATCH' ? { body: {} } : {}
    const refused = await api.send<ProblemBody>(method, path, { key, ...more })
    expect([path, refused.status, refused.body.code]).toEqual([path, 404, code])
  }
  expect((await api.send<{ data: unknown[] }>('GET', '/v1/webhook-deliveries', { key })).body.data).toEqual([])
  const reader = await addKey(api.db, api.db.workspaceId, ['webhooks:read'])
  expect((await make({}, { key: reader })).body.code).toBe('permission-missing')
  expect((await api.send('DELETE', `${route}/${body.id}`)).status).toBe(204)
})
