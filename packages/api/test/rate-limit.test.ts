import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createLog, newId } from '@assayer/schema'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { createRateLimits } from '../src/node/rate-limits.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi, TestKey } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const log = createLog('test', 'silent')
function limitsOf(quota: number, url = '') {
  const limits = createRateLimits(url, quota, log)
  onTestFinished(() => limits.close())
  return limits
}

test('a key that sends too many is told when to go on, and what is left before; other keys go on', async () => {
  const app = createApp({ ...api.deps, limits: limitsOf(2) })
  const ask = async (key: TestKey, path = '/v1/scans') => {
    const { status, headers } = await app.request(path, { headers: { Authorization: `Bearer ${key.text}` } })
    return [status, headers.get('RateLimit'), headers.get('RateLimit-Policy'), headers.get('Retry-After')]
  }
  const policy = '"default";q=2;w=60'
  expect(await ask(api.key)).toEqual([200, expect.stringMatching(/^"default";r=1;t=\d+$/), policy, null])
  const missing = await ask(api.key, '/v1/scans/scn_none')
  expect(missing).toEqual([404, expect.stringMatching(/^"default";r=0;t=\d+$/), policy, null])
  const [status, left, , after] = await ask(api.key)
  expect([status, left]).toEqual([429, `"default";r=0;t=${after}`])
  expect(Number(after)).toBeGreaterThan(0)
  const other = await addKey(api.db, api.db.workspaceId, presets.reader)
  expect((await ask(other))[0]).toBe(200)
})

test('refused keys are counted by address; a good key from there is let in', async () => {
  const app = createApp({ ...api.deps, limits: limitsOf(1000) })
  const ask = async (key: string, address: string) => {
    const init = { headers: { Authorization: `Bearer ${key}` } }
    const answer = await app.request('/v1/scans', init, { address })
    return [answer.status, ((await answer.json()) as { code?: string }).code]
  }
  for (let n = 0; n < 60; n++) expect((await ask('asy_wrong', '192.0.2.1'))[0]).toBe(401)
  expect(await ask('asy_wrong', '192.0.2.1')).toEqual([429, 'rate-limited'])
  expect((await ask('asy_wrong', '192.0.2.2'))[0]).toBe(401)
  expect((await ask(api.key.text, '192.0.2.1'))[0]).toBe(200)
})

const redisUrl = process.env['TEST_REDIS_URL'] ?? ''

/** Redis behind a wire that can go dead without closing. */
async function deadableRedis() {
  const { hostname, port } = new URL(redisUrl)
  const wires = new Set<Socket>()
  const server = createServer((client) => {
    const redis = connect(Number(port), hostname)
    for (const [from, to] of [
      [client, redis],
      [redis, client],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      wires.add(from)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    for (const wire of wires) wire.destroy()
  }
  onTestFinished(close)
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silence: () => wires.forEach((wire) => wire.unpipe()),
    close,
  }
}

test.skipIf(redisUrl === '')(
  'processes count together by Redis, and by themselves while it is silent or away',
  async () => {
    const redis = await deadableRedis()
    const [one, other] = [limitsOf(1000, redis.url), limitsOf(1000, redis.url)]
    const together = async () => {
      const key = newId()
      return (await one.take(key)).remaining - (await other.take(key)).remaining
    }
    await expect.poll(together, { timeout: 10_000 }).toBe(1)
    const key = newId()
    await one.take(key)
    expect((await other.take(key)).remaining).toBe(998)

    redis.silence()
    // Were each to wait for Redis by itself, these would outlast the test.
    for (let n = 1; n <= 600; n++) expect((await one.take(key)).remaining).toBe(1000 - n)
    redis.close()
    expect((await one.take(key)).remaining).toBe(399)
  },
  25_000,
)
