import { makeApiKey } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { readBootstrapKey } from '../src/node/start-api.ts'
import { createApp } from '../src/app.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const suffix = '01h455vb4pex5vsknk084sn02q'

test.each([
  ['no header', undefined],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
  ['a scheme without a key', 'Bearer'],
  ['an empty header', ''],
])('%s is key-missing', async (_, header) => {
  const headers = header === undefined ? {} : { Authorization: header }
  const { status, body, headers: answered } = await api.send<ProblemBody>('GET', '/v1/scans', { key: null, headers })
  expect([status, body.code, answered.get('WWW-Authenticate')]).toEqual([401, 'key-missing', 'Bearer'])
  expect(answered.get('Cache-Control')).toBe('no-store')
})

test('a malformed, mistyped, unknown, expired or revoked key and a wrong secret are all the same key-invalid', async () => {
  const { db } = api
  const unknown = await makeApiKey(suffix)
  const otherSecret = await makeApiKey(api.key.text.slice(4, 30))
  const mistyped = api.key.text.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'))
  const past = new Date(Date.now() - 1000)
  const expired = await addKey(db, db.workspaceId, ['scans:read'], { expiresAt: past })
  const revoked = await addKey(db, db.workspaceId, ['scans:read'], { revokedAt: past })
  const bad = ['asy_', 'x'.repeat(5000), api.key.text.toUpperCase(), mistyped, unknown, otherSecret, expired, revoked]
  const answers = []
  for (const key of bad) {
    const { status, headers, body } = await api.send<ProblemBody>('GET', '/v1/scans', { key })
    answers.push([status, headers.get('WWW-Authenticate'), { ...body, requestId: '' }])
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject([401, 'Bearer', { code: 'key-invalid' }])
})

test('the scheme is read in any case', async () => {
  const headers = { Authorization: `bearer ${api.key.text}` }
  expect((await api.send('GET', '/v1/scans', { key: null, headers })).status).toBe(200)
})

test('a key without the permission gets 403 that names it', async () => {
  const reader = await addKey(api.db, api.db.workspaceId, ['scans:read'])
  const body = { targets: ['example.com'] }
  const answer = await api.send<ProblemBody>('POST', '/v1/scans', { key: reader, body })
  expect(answer.body).toMatchObject({ code: 'permission-missing', detail: 'The key needs scans:write' })
  const events = await api.send<ProblemBody>('GET', '/v1/scans/scn_x/events', { key: reader })
  expect(events.body.detail).toBe('The key needs findings:read')
})

test('the bootstrap key is an admin of the default workspace, and only with its own secret', async () => {
  const text = await makeApiKey(suffix)
  const bootstrapKey = await readBootstrapKey(text)
  const app = createApp({ ...api.deps, bootstrapKey })
  const ask = async (key: string) => {
    const response = await app.request('/v1/scope-rules', { headers: { Authorization: `Bearer ${key}` } })
    return response.status
  }
  expect(await ask(text)).toBe(200)
  expect(await ask(await makeApiKey(suffix))).toBe(401)
})

test('what belongs to another workspace is not there: 404 for each route with an id', async () => {
  const { body: scan } = await api.send<{ id: string }>('POST', '/v1/scans', { body: { targets: ['example.com'] } })
  const rule = { effect: 'deny', pattern: 'x.example.com', note: 'test' }
  const { body: made } = await api.send<{ id: string }>('POST', '/v1/scope-rules', { body: rule })
  const key = await foreignKey(api.db)
  const asked = [
    ...['', '/findings', '/targets', '/events'].map((end) => ['GET', `/v1/scans/${scan.id}${end}`]),
    ['POST', `/v1/scans/${scan.id}/cancel`],
    ['GET', `/v1/scope-rules/${made.id}`],
    ['DELETE', `/v1/scope-rules/${made.id}`],
  ] as const
  for (const [method, path] of asked) {
    const headers = { Accept: '*/*' }
    const { status, body } = await api.send<ProblemBody>(method ?? '', path ?? '', { key, headers })
    expect([path, status, body.code]).toEqual([
      path,
      404,
      `${path?.includes('scope') ? 'scope-rule' : 'scan'}-not-found`,
    ])
  }
  for (const path of ['/v1/scans', '/v1/scope-rules'])
    expect((await api.send(`GET`, path, { key })).body).toEqual({ data: [], nextCursor: null })
  expect((await api.send('GET', `/v1/scans/${scan.id}`)).body['cancelRequestedAt']).toBeNull()
})
