import { parseId } from '@assayer/schema'
import { connect } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { addKey, operatorRule, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { testBundle } from '../../schema/test/testing.ts'

type Scan = { id: string; templates: object; limits: object; targetCount: number; createdBy: object }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('an order is 202 with the scan, what was resolved in it, and a ring', async () => {
  const rings = api.rings()
  const body = {
    targets: ['https://app.example.com/', 'HTTPS://APP.example.com', 'app.example.com:8443'],
    labels: { team: 'web' },
  }
  const headers = { 'X-Request-Id': 'from-outside', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
  const answer = await api.send<Scan>('POST', '/v1/scans', { body, headers })
  expect(answer.status).toBe(202)
  expect(answer.headers.get('Location')).toBe(`/v1/scans/${answer.body.id}`)
  expect(answer.headers.get('X-Request-Id')).toBe('from-outside')
  expect(answer.headers.get('Cache-Control')).toBe('private, no-cache')
  expect(answer.body).toMatchObject({
    state: 'queued',
    reason: null,
    labels: { team: 'web' },
    targetCount: 2,
    profile: 'default',
    templates: {
      protocols: ['http', 'ssl', 'dns', 'tcp'],
      excludeTags: ['dos', 'fuzz', 'bruteforce', 'intrusive', 'local'],
    },
    limits: { requestsPerSecond: 50, hardLimitSeconds: 3600, deadlineSeconds: null },
    templatesSelected: 1,
    coverage: { asked: 2, pending: 2 },
    progress: { percent: 0, shards: { total: 1, queued: 1 }, etaSeconds: null },
    engine: { nuclei: testBundle.nucleiVersion, templates: testBundle.digest },
    createdBy: { kind: 'key', id: expect.stringMatching(/^key_/) },
    startedAt: null,
  })
  expect(answer.body).toMatchObject({ createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) })
  expect(api.rings()).toBe(rings + 1)
  const shown = await api.send<Scan>('GET', `/v1/scans/${answer.body.id}`)
  expect(shown.body).toEqual(answer.body)
  const [stored] = await api.db.sql`
    select request_id as "requestId", traceparent from scan_orders where scan_id = ${parseId('scan', answer.body.id)}`
  expect(stored).toEqual({ requestId: 'from-outside', traceparent: headers.traceparent })
})

test("the order's templates replace the profile's as a whole, its limits one by one", async () => {
  const body = { targets: ['example.com'], templates: { tags: ['dos'] }, limits: { retries: 0 } }
  const answer = await api.send<Scan>('POST', '/v1/scans', { body })
  expect(answer.body).toMatchObject({
    templatesSelected: 1,
    templates: { tags: ['dos'], protocols: [], excludeTags: [] },
    limits: { retries: 0, concurrency: 10 },
  })
})

test('a selection that matches nothing is 422, before any worker registered it is 503', async () => {
  const body = { targets: ['example.com'], templates: { ids: ['no-such-template'] } }
  const ofProfile = await api.send<{ name: string }>('POST', '/v1/profiles', {
    body: { name: 'empty', templates: body.templates },
  })
  const byProfile = { targets: body.targets, profile: ofProfile.body.name }
  for (const [order, pointer] of [
    [body, '/templates'],
    [byProfile, '/profile'],
  ] as const) {
    const { body: refused } = await api.send<ProblemBody>('POST', '/v1/scans', { body: order })
    expect([refused.code, refused.errors?.[0]?.pointer]).toEqual(['selection-empty', pointer])
  }
  const bare = await testApi()
  await bare.db.sql`delete from bundles`
  const { body: refused, headers } = await bare.send<ProblemBody>('POST', '/v1/scans', { body })
  await bare.close()
  expect([refused.code, refused.status, headers.get('Retry-After')]).toEqual(['no-worker', 503, '5'])
})

test('each target out of scope is named with the line that would allow it', async () => {
  const targets = ['app.example.com', 'https://other.example.net', '127.0.0.1:8080', '169.254.169.254']
  const { status, body } = await api.send<ProblemBody>('POST', '/v1/scans', { body: { targets } })
  expect([status, body.code]).toEqual([422, 'target-out-of-scope'])
  expect(body.errors).toEqual([
    { in: 'body', pointer: '/targets/1', code: 'no-rule', message: expect.stringContaining('other.example.net:443') },
    {
      in: 'body',
      pointer: '/targets/2',
      code: 'private-address',
      message: expect.stringContaining('SCOPE_ALLOW=127.0.0.1/32:8080'),
    },
    { in: 'body', pointer: '/targets/3', code: 'private-address', message: expect.anything() },
  ])
})

test('a name that has no address, or a private one, is refused; one that nobody answered for is left to the wall', async () => {
  const asked: string[] = []
  const app = createApp({
    ...api.deps,
    operatorRules: [operatorRule('*.example.com')],
    resolve: async (name) => {
      asked.push(name)
      if (name.startsWith('none')) return 'unresolvable'
      if (name.startsWith('slow')) throw new Error('no answer')
      return name.startsWith('inside') ? ['10.0.0.7'] : ['93.184.216.34']
    },
  })
  const targets = ['none.example.com', 'slow.example.com', 'inside.example.com', 'fine.example.com', 'not.example.net']
  const response = await app.request('/v1/scans', {
    method: 'POST',
    headers: { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ targets }),
  })
  const { errors } = (await response.json()) as ProblemBody
  expect(errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/targets/0', 'unresolvable'],
    ['/targets/2', 'private-address'],
    ['/targets/4', 'no-rule'],
  ])
  expect(asked).not.toContain('not.example.net')
})

test('full evidence needs its permission', async () => {
  const operator = await addKey(api.db, api.db.workspaceId, ['scans:write'])
  const body = { targets: ['example.com'], evidence: 'full' }
  const { body: refused } = await api.send<ProblemBody>('POST', '/v1/scans', { body, key: operator })
  expect(refused).toMatchObject({ code: 'permission-missing', detail: 'The key needs evidence:write' })
})

test('an order whose reply is lost is sent again and makes one scan', async () => {
  const flaky = connect(api.db.url, { name: 'flaky', max: 1 })
  const lost = new Proxy(flaky, {
    apply(sql, self, args: unknown[]) {
      const query: unknown = Reflect.apply(sql, self, args)
      const text = Array.isArray(args[0]) ? args[0].join('') : ''
      if (!text.includes('insert into scan_orders') || isLost) return query
      isLost = true
      return (query as Promise<unknown>).then(() => {
        throw Object.assign(new Error('the reply was lost'), { code: 'CONNECTION_CLOSED' })
      })
    },
  })
  let isLost = false
  const app = createApp({ ...api.deps, sql: lost })
  for (const key of [undefined, 'lost-reply']) {
    isLost = false
    const response = await app.request('/v1/scans', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${api.key.text}`,
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      body: JSON.stringify({ targets: ['lost.example.com'], labels: { lost: key ?? 'none' } }),
    })
    expect([response.status, response.headers.get('Idempotency-Replayed'), isLost]).toEqual([202, null, true])
    const scans = await api.db.sql`select from scans where labels->>'lost' = ${key ?? 'none'}`
    expect(scans).toHaveLength(1)
  }
  await flaky.end()
})
