import { readApiKey } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { testApi } from './helpers.ts'
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
