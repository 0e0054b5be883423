import { connect } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { freePort, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test.each([
  ['PUT', '/v1/scans', 'GET, HEAD, POST'],
  ['PATCH', '/v1/scope-rules/scr_x', 'GET, HEAD, DELETE'],
  ['GET', '/v1/scans/scn_x/cancel', 'POST'],
  ['POST', '/healthz', 'GET, HEAD'],
  ['PATCH', '/v1/scans/delete', 'POST'],
  ['OPTIONS', '/v1/scans', 'GET, HEAD, POST'],
])('%s %s is 405 and Allow names what there is', async (method, path, allow) => {
  const { status, body, headers } = await api.send<ProblemBody>(method, path)
  expect([status, body.code, headers.get('Allow')]).toEqual([405, 'method-not-allowed', allow])
})

test.each(['/', '/v1', '/v1/scans/', '/V1/scans', '//v1/scans', '/v1/scans/scn_x/unknown', '/v1/%00'])(
  '%s is no route',
  async (path) => {
    const response = await api.app.fetch(new Request(`http://localhost${path}`))
    expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    expect(await response.json()).toMatchObject({ code: 'route-not-found' })
  },
)

test('a problem has all members of the contract, and no query, header or key in it', async () => {
  const { body, headers } = await api.send<ProblemBody>('GET', '/v1/scans?secret=hunter2', {
    headers: { 'X-Request-Id': 'my-request_1' },
  })
  expect(body).toEqual({
    type: '/problems/invalid-input',
    title: 'The input was read and refused',
    status: 422,
    instance: '/v1/scans',
    code: 'invalid-input',
    requestId: 'my-request_1',
    errors: [{ in: 'query', name: 'secret', code: 'unknown-parameter', message: expect.any(String) }],
  })
  expect(headers.get('X-Request-Id')).toBe('my-request_1')
  const app = createApp({ ...api.deps, publicUrl: 'https://assayer.example.com' })
  const problem = (await (await app.request('/nothing')).json()) as { type: string }
  expect(problem.type).toBe('https://assayer.example.com/problems/route-not-found')
})

test.each([undefined, 'with space', 'x'.repeat(129), ''])(
  'a request id that cannot be taken is made anew (%s)',
  async (id) => {
    const headers: Record<string, string> = id === undefined ? {} : { 'X-Request-Id': id }
    const answer = await api.send('GET', '/healthz', { headers })
    expect(answer.headers.get('X-Request-Id')).toMatch(/^req_[0-7][0-9a-z]{25}$/)
  },
)

test.each([
  ['/v1/scans', 'text/html', 406],
  ['/v1/scans', 'application/json;q=0, */*', 406],
  ['/v1/scans', 'text/html, application/*;q=0.1', 200],
  ['/v1/scans', '*/*', 200],
  ['/v1/scans/scn_x/events', 'application/json', 406],
  ['/v1/scans/scn_x/events', 'text/event-stream', 404],
  ['/openapi.json', 'text/html', 406],
  ['/openapi.json', 'application/json', 200],
  ['/docs', 'application/json', 406],
  ['/docs', 'text/html, */*;q=0.1', 200],
  ['/healthz', 'text/html', 200],
  ['/readyz', 'application/xml', 200],
])('%s with Accept: %s is %i', async (path, accept, status) => {
  const answer = await api.send<ProblemBody>('GET', path, { headers: { Accept: accept } })
  expect(answer.status).toBe(status)
  if (status === 406) expect(answer.body.code).toBe('not-acceptable')
})

test('HEAD answers like GET without a body', async () => {
  const { status, body, headers } = await api.send('HEAD', '/v1/scans')
  expect([status, body, headers.get('Content-Type')]).toEqual([200, null, 'application/json'])
  expect((await api.send('HEAD', '/v1/scans', { key: null })).status).toBe(401)
})

test('a very long URI is 414', async () => {
  const { status, body } = await api.send<ProblemBody>('GET', `/v1/scans?state=${'x'.repeat(9000)}`)
  expect([status, body.code]).toEqual([414, 'uri-too-long'])
})

test('with the database away each route is 503 with Retry-After, and readiness says so', async () => {
  const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`
  const sql = connect(url, { name: 'away', max: 2 })
  const app = createApp({ ...api.deps, sql, health: sql })
  const headers = { Authorization: `Bearer ${api.key.text}` }
  for (const path of ['/v1/scans', '/v1/scope-rules', '/readyz']) {
    const response = await app.request(path, { headers })
    expect([path, response.status, response.headers.get('Retry-After')]).toEqual([path, 503, '2'])
    expect(await response.json()).toMatchObject({ code: 'database-unavailable' })
  }
  await sql.end({ timeout: 1 })
})

test('what nobody planned is 500 without detail', async () => {
  await orderScan(api.db.sql, api.db.workspaceId)
  const now = () => {
    throw new Error('secret inside')
  }
  const app = createApp({ ...api.deps, now })
  const response = await app.request('/v1/scans', { headers: { Authorization: `Bearer ${api.key.text}` } })
  const text = await response.text()
  expect([response.status, JSON.parse(text)]).toMatchObject([500, { code: 'internal' }])
  expect(text).not.toContain('secret')
})

test('of more requests than have a place or wait for one the rest are shed, and all others answered', async () => {
  const path = '/v1/scans?limit=1'
  const answers = await Promise.all(Array.from({ length: 256 + 512 + 44 }, () => api.send<ProblemBody>('GET', path)))
  const shed = answers.filter(({ status }) => status === 503)
  // A test's client may be so slow beside it that some wait in vain.
  expect(shed.length).toBeGreaterThanOrEqual(44)
  expect(answers.length - shed.length).toBeGreaterThanOrEqual(256)
  expect(shed[0]).toMatchObject({ body: { code: 'overloaded' } })
  expect((await api.send('GET', path)).status).toBe(200)
})
