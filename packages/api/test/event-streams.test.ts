import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi, TestKey } from './helpers.ts'
import { openEvents } from './read-events.ts'

let api: TestApi
let id: string
beforeAll(async () => {
  api = await testApi()
  id = formatId('scan', await orderScan(api.db.sql, api.db.workspaceId))
})
afterAll(() => api.close())

const withDeps = (change: Partial<Deps>) => ({ app: createApp({ ...api.deps, ...change }), key: api.key })

test('progress is watched while somebody reads, and a wake brings the change', async () => {
  const watched = new Map<string, () => void>()
  const progress: Deps['progress'] = {
    watch(scanId, wake) {
      watched.set(scanId, wake)
      return () => watched.delete(scanId)
    },
    isUp: () => true,
  }
  const stream = await openEvents(withDeps({ progress }), id)
  await stream.next()
  expect([...watched.keys()].map((scanId) => formatId('scan', scanId))).toEqual([id])
  await api.db.sql`update shards set percent = percent + 1`
  for (const wake of watched.values()) wake()
  expect((await stream.next())?.event).toBe('scan')
  await stream.leave()
  await expect.poll(() => watched.size).toBe(0)
})

test('changes that come fast are told at most four times a second, the newest wins', async () => {
  let wake = () => {}
  const progress: Deps['progress'] = {
    watch(_, given) {
      wake = given
      return () => {}
    },
    isUp: () => true,
  }
  const stream = await openEvents(withDeps({ progress }), id)
  const started = performance.now()
  let scans = 0
  for (let changes = 0; changes < 60; changes++) {
    await api.db.sql`update shards set requests = requests + 1`
    wake()
    if (changes % 20 === 0) {
      await stream.next()
      scans++
    }
  }
  const [row] = await api.db.sql<{ n: number }[]>`select sum(requests)::int as n from shards`
  for (let newest = -1; newest !== row?.n; scans++) {
    const event = await stream.next()
    newest = (JSON.parse(event?.data ?? '{}') as { progress: { requests: number } }).progress.requests
  }
  expect(scans).toBeLessThanOrEqual(2 + (performance.now() - started) / 250)
  await stream.leave()
})

test('a stream ends without an end when the process drains, and none is opened then', async () => {
  let draining = false
  const deps = withDeps({ draining: () => draining })
  const stream = await openEvents(deps, id)
  expect((await stream.next())?.event).toBe('scan')
  draining = true
  expect(await stream.rest()).toEqual([])
  const refused = await openEvents(deps, id)
  expect([refused.response.status, refused.response.headers.get('Retry-After')]).toEqual([503, '2'])
})

test('a stream that had nothing to say for 15 s says that it is still there', async () => {
  const now = performance.now.bind(performance)
  let later = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later)
  try {
    const stream = await openEvents(api, id)
    expect((await stream.next())?.event).toBe('scan')
    const looked = stream.next()
    expect(stream.others).toEqual(['retry: 2000'])
    later += 15_000
    await expect.poll(() => stream.others, { timeout: 5000 }).toEqual(['retry: 2000', ': still here'])
    await stream.leave()
    await looked
  } finally {
    clock.mockRestore()
  }
})

test('a stream ends when its key is revoked', async () => {
  const key = await addKey(api.db, api.db.workspaceId, presets.reader)
  const stream = await openEvents(api, id, { key })
  expect((await stream.next())?.event).toBe('scan')
  await api.db.sql`update api_keys set revoked_at = now() where id = ${key.id}`
  expect(await stream.rest()).toEqual([])
})

test('a stream that cannot be read on ends, so that the client comes back', async () => {
  let broken = false
  const sql = new Proxy(api.db.sql, {
    apply(target, self, args: unknown[]) {
      if (broken) throw Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })
      return Reflect.apply(target, self, args) as unknown
    },
  })
  const stream = await openEvents(withDeps({ sql }), id)
  expect((await stream.next())?.event).toBe('scan')
  broken = true
  expect(await stream.rest()).toEqual([])
})

test('one key opens half of the streams at most, two keys leave room for a third, and one that is left makes room', async () => {
  const deps = withDeps({})
  const key = () => addKey(api.db, api.db.workspaceId, presets.reader)
  const [other, third] = [await key(), await key()]
  const statusFor = async (key: TestKey) => (await openEvents(deps, id, { key })).response.status
  const openMany = async (key: TestKey, count: number) => {
    const streams: Awaited<ReturnType<typeof openEvents>>[] = []
    while (streams.length < count)
      streams.push(...(await Promise.all(Array.from({ length: 125 }, () => openEvents(deps, id, { key })))))
    expect(new Set(streams.map(({ response }) => response.status))).toEqual(new Set([200]))
    expect(await statusFor(key)).toBe(503)
    return streams
  }
  const first = await openMany(api.key, 250)
  const second = await openMany(other, 125)
  const next = await openEvents(deps, id, { key: third })
  expect(next.response.status).toBe(200)
  await Promise.all([...second, next, ...first.slice(0, 1)].map((stream) => stream.leave()))
  const again = await openEvents(deps, id)
  expect(again.response.status).toBe(200)
  await Promise.all([...first.slice(1), again].map((stream) => stream.leave()))
})
