import type { Sql } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

async function ask(path: string, change: Partial<Deps> = {}) {
  const response = await createApp({ ...api.deps, ...change }).request(path)
  const { status, code } = (await response.json()) as { status: string; code?: string }
  return [response.status, code ?? status]
}

const silent = Object.assign(() => new Promise(() => {}), {}) as unknown as Sql

test('ready, degraded without Redis, 503 while the process drains; no key is asked for', async () => {
  expect(await ask('/readyz')).toEqual([200, 'ready'])
  const progress = { watch: () => () => {}, isUp: () => false }
  expect(await ask('/readyz', { progress })).toEqual([200, 'degraded'])
  expect(await ask('/readyz', { draining: () => true })).toEqual([503, 'draining'])
})

test('a database that does not answer makes readiness 503 within its second, and probes share one look', async () => {
  let looks = 0
  const health = new Proxy(silent, {
    apply() {
      looks++
      return new Promise(() => {})
    },
  })
  const app = createApp({ ...api.deps, health })
  const answers = await Promise.all([app.request('/readyz'), app.request('/readyz')])
  expect(answers.map(({ status }) => status)).toEqual([503, 503])
  expect(looks).toBe(1)
})

test('a database that asks for newer code makes readiness 503 and says which', async () => {
  await api.deps.sql`insert into migrations (name, digest, lowest_version) values ('9999_x.sql', '', '99.0.0')`
  const response = await createApp(api.deps).request('/readyz')
  expect([response.status, await response.json()]).toMatchObject([
    503,
    { code: 'database-unavailable', detail: expect.stringContaining('99.0.0') as string },
  ])
  await api.deps.sql`delete from migrations where name = '9999_x.sql'`
  expect(await ask('/readyz')).toEqual([200, 'ready'])
})

test('the process is healthy whatever the database does', async () => {
  expect(await ask('/healthz', { health: silent, sql: silent, draining: () => true })).toEqual([200, 'ok'])
})
