import { readApiKey } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('more requests than can be under way are shed; health and readiness have a lane of their own', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let waiting = 0
  const defaultWorkspace = async () => {
    waiting++
    await held
    return api.db.workspaceId
  }
  const read = await readApiKey(api.key.text)
  const bootstrapKey = { id: api.key.id, secretHash: read?.secretHash ?? new Uint8Array() }
  const app = createApp({ ...api.deps, bootstrapKey, defaultWorkspace })
  const ask = async (path: string) => await app.request(path, { headers: { Authorization: `Bearer ${api.key.text}` } })
  const under = Array.from({ length: 256 }, () => ask('/v1/scans'))
  await expect.poll(() => waiting, { timeout: 10_000 }).toBe(256)

  const shed = await ask('/v1/scans')
  expect([shed.status, shed.headers.get('Retry-After')]).toEqual([503, '1'])
  expect(await shed.json()).toMatchObject({ code: 'overloaded' })
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(200)
  release()
  expect(new Set((await Promise.all(under)).map(({ status }) => status))).toEqual(new Set([200]))
  expect((await ask('/v1/scans')).status).toBe(200)
})

test('a body that does not come takes no place: unsigned deliveries and two keys leave the others theirs', async () => {
  const app = createApp(api.deps)
  const order = { targets: ['https://example.com'] }
  const { body: trigger } = await api.send<{ id: string }>('POST', '/v1/triggers', {
    body: { name: 'slow', kind: 'github', order },
  })
  const [second, other] = [
    await addKey(api.db, api.db.workspaceId, presets.admin),
    await addKey(api.db, api.db.workspaceId, presets.admin),
  ]
  let awaited = 0
  const stuck = () =>
    new ReadableStream<Uint8Array>(
      {
        pull() {
          awaited++
          return new Promise(() => {})
        },
      },
      { highWaterMark: 0 },
    )
  const post = async (path: string, key: string, body: string | ReadableStream<Uint8Array>) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    return await app.request(path, { method: 'POST', headers, body, duplex: 'half' }, { address: '192.0.2.7' })
  }
  const slow: Promise<Response>[] = []
  // Half of what the others leave each, of 2,048.
  const greedy = [
    ...[{ path: `/hooks/${trigger.id}`, key: api.key, count: 256 }],
    ...Array.from({ length: 4 }, () => ({ path: '/v1/targets', key: api.key, count: 224 })),
    ...[
      { path: '/v1/targets', key: second, count: 224 },
      { path: '/v1/targets', key: second, count: 224 },
    ],
  ]
  for (const { path, key, count } of greedy) {
    for (let n = 0; n < count; n++) slow.push(post(path, key.text, stuck()))
    await expect.poll(() => awaited, { timeout: 10_000 }).toBe(slow.length)
  }
  const target = (name: string) => JSON.stringify({ name, address: 'https://example.com' })
  expect((await app.request('/v1/scans', { headers: { Authorization: `Bearer ${api.key.text}` } })).status).toBe(200)
  expect((await post('/v1/targets', other.text, target('other'))).status).toBe(201)
  for (const key of [api.key, second]) {
    const beyond = await post('/v1/targets', key.text, target('own'))
    expect([beyond.status, beyond.headers.get('Retry-After')]).toEqual([503, '1'])
    expect(await beyond.json()).toMatchObject({ code: 'overloaded' })
  }
  expect(new Set((await Promise.all(slow)).map(({ status }) => status))).toEqual(new Set([400]))
  expect((await post('/v1/targets', api.key.text, target('own'))).status).toBe(201)
}, 60_000)
