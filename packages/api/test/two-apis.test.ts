import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@assayer/schema/store'
import { createApp } from '../src/app.ts'
import { serveApp } from '../src/node/serve.ts'
import type { Served } from '../src/node/serve.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
let other: TestApi['deps']['sql']
let served: Served[]
beforeAll(async () => {
  api = await testApi()
  const { DATABASE_URL, DATABASE_POOLED } = api.db.env
  other = connect(DATABASE_URL, { name: 'other', max: 2, prepare: DATABASE_POOLED === '0' })
  const apps = [createApp(api.deps), createApp({ ...api.deps, sql: other })]
  served = await Promise.all(apps.map((app) => serveApp(app, { host: '127.0.0.1', port: 0, publicUrl: '' })))
})
afterAll(async () => {
  await Promise.all(served.map((one) => one.stop()))
  await other.end({ timeout: 1 })
  await api.close()
})

const statuses = async (key: string, path = '/v1/scans') =>
  await Promise.all(
    served.map(async ({ url }) => (await fetch(url + path, { headers: { Authorization: `Bearer ${key}` } })).status),
  )

test('a key that was revoked or has expired is refused by every API from the next request on', async () => {
  const { sql, workspaceId } = api.db
  const [revoked, expired] = [
    await addKey(api.db, workspaceId, presets.reader),
    await addKey(api.db, workspaceId, presets.reader),
  ]
  expect([await statuses(revoked.text), await statuses(expired.text)]).toEqual([
    [200, 200],
    [200, 200],
  ])
  expect((await api.send('DELETE', `/v1/keys/${formatId('key', revoked.id)}`)).status).toBe(204)
  await sql`update api_keys set expires_at = now() where id = ${expired.id}`
  expect([await statuses(revoked.text), await statuses(expired.text)]).toEqual([
    [401, 401],
    [401, 401],
  ])
})

test.each([
  '/v1//scans',
  '/v1/scans/',
  '/v1/scans%2F',
  '/v1%2Fscans',
  '/v1/%2e%2e%2fscans',
  '/v1/scans/..%2fkeys',
  '/v1/scans/%00',
  '/V1/scans',
  '/v1/scans;x=1',
])('%s is no route and no scan', async (path) => {
  for (const { url } of served) {
    const answer = await fetch(url + path, { headers: { Authorization: `Bearer ${api.key.text}` } })
    const problem = (await answer.json()) as Record<string, unknown>
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    expect(
      Object.keys(problem).filter(
        (name) => !['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'].includes(name),
      ),
    ).toEqual([])
  }
})
