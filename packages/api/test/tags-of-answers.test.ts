import { newId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { versionToDelete } from '../src/request/etag.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

type Made = { id: string; secret?: string | null }
const order = {
  targets: ['example.com'],
  labels: { team: 'web', a: 'b', release: '1' },
  limits: { retries: 0, concurrency: 3 },
}
const trigger = { kind: 'github', order: { targets: ['example.com'], labels: { team: 'web', a: 'b' } } }
const made: [route: string, body: (name: string) => object, change: object | null][] = [
  ['/v1/scans', () => order, { labels: { team: null } }],
  ['/v1/targets', (name) => ({ name, address: 'https://example.com', labels: order.labels }), { name: 'changed' }],
  ['/v1/profiles', (name) => ({ name, templates: { tags: ['a'] }, limits: order.limits }), { limits: { retries: 1 } }],
  ['/v1/scope-rules', () => ({ effect: 'deny', pattern: 'x.example.com', note: 'test' }), null],
  ['/v1/keys', (name) => ({ name, preset: 'reader' }), null],
  ['/v1/triggers', (name) => ({ ...trigger, name }), { enabled: false }],
  [
    '/v1/webhook-endpoints',
    () => ({ url: 'https://hooks.example.com/a', headers: { 'X-A': 'b' } }),
    { enabled: false },
  ],
]

/** Changes or deletes what a path names, bound to a tag. */
const act = async (path: string, change: object | null, tag: string) => {
  const sent = { headers: { 'If-Match': tag }, ...(change === null ? {} : { body: change }) }
  return (await api.send(change === null ? 'DELETE' : 'PATCH', path, sent)).status
}

test.each(made)(
  'what POST %s made has the tag that a GET of it has, and a change is bound to it',
  async (route, body, change) => {
    const { headers, body: shown } = await api.send<Made>('POST', route, { body: body('fresh') })
    const tag = headers.get('ETag') ?? ''
    const path = `${route}/${shown.id}`
    const same = await api.send('GET', path, { headers: { 'If-None-Match': tag } })
    expect([same.status, same.headers.get('ETag')]).toEqual([304, tag])
    expect(await act(path, change, tag)).toBe(change === null ? 204 : 200)
    expect(await act(path, change, tag)).toBe(change === null ? 404 : 412)
  },
)

test.each(made)(
  'the first answer to POST %s, again, has the tag of what was made first',
  async (route, body, change) => {
    const sent = { body: body('again'), headers: { 'Idempotency-Key': newId() } }
    const first = await api.send<Made>('POST', route, sent)
    const again = await api.send<Made>('POST', route, sent)
    expect([again.headers.get('Idempotency-Replayed'), again.body.id]).toEqual(['true', first.body.id])
    const path = `${route}/${first.body.id}`
    if (change !== null) expect(await act(path, change, first.headers.get('ETag') ?? '')).toBe(200)
    const { headers } = await api.send('POST', route, sent)
    expect(await act(path, change, headers.get('ETag') ?? '')).toBe(change === null ? 204 : 412)
  },
)

test.each<[string, object, (n: number) => object]>([
  ['/v1/scans', order, (n) => ({ labels: { turn: `${n}` } })],
  ['/v1/targets', { name: 'raced', address: 'https://example.com' }, (n) => ({ name: `${n}` })],
  ['/v1/profiles', { name: 'raced' }, (n) => ({ limits: { retries: n } })],
  ['/v1/triggers', { ...trigger, name: 'raced' }, (n) => ({ name: `${n}` })],
  ['/v1/webhook-endpoints', { url: 'https://hooks.example.com/a' }, (n) => ({ url: `https://hooks.example.com/${n}` })],
])('of ten changes at %s that are bound to one tag one is made', async (route, body, change) => {
  const made = await api.send<Made>('POST', route, { body })
  const [path, tag] = [`${route}/${made.body.id}`, made.headers.get('ETag') ?? '']
  const statuses = await Promise.all(Array.from({ length: 10 }, (_, n) => act(path, change(n), tag)))
  expect(statuses.toSorted((one, other) => one - other)).toEqual([200, ...Array.from({ length: 9 }, () => 412)])
})

const targets = ['example.com']
test.each<[string, object, object]>([
  ['/v1/scans', { targets, labels: { a: 'b' } }, { labels: { a: 'b', c: null }, priority: 5 }],
  [
    '/v1/targets',
    { name: 'same', address: 'https://example.com' },
    { name: 'same', address: 'https://EXAMPLE.com:443' },
  ],
  [
    '/v1/profiles',
    { name: 'same', limits: { retries: 1 } },
    { templates: null, limits: { retries: 1, concurrency: null } },
  ],
  [
    '/v1/webhook-endpoints',
    { url: 'https://hooks.example.com/a' },
    { url: 'https://HOOKS.example.com/a', enabled: null },
  ],
])('a change at %s that changes nothing leaves the tag and is not told as an act', async (route, body, change) => {
  const made = await api.send<Made>('POST', route, { body })
  for (const patch of [{}, change]) {
    const { status, headers } = await api.send('PATCH', `${route}/${made.body.id}`, { body: patch })
    expect([status, headers.get('ETag')]).toEqual([200, made.headers.get('ETag')])
  }
  const told = await api.send<{ data: object[] }>('GET', `/v1/audit-events?subject=${made.body.id}`)
  expect(told.body.data).toHaveLength(1)
})

test('an act on a scan, and a scan ordered again, have the tag of the scan as it is then', async () => {
  const { body } = await api.send<Made>('POST', '/v1/scans', { body: order })
  const path = `/v1/scans/${body.id}`
  for (const verb of ['pause', 'pause', 'resume', 'cancel', 'cancel']) {
    const tag = (await api.send('POST', `${path}/${verb}`)).headers.get('ETag')
    expect([verb, tag]).toEqual([verb, (await api.send('GET', path)).headers.get('ETag')])
  }
  const keyed = { headers: { 'Idempotency-Key': newId() } }
  const tag = (await api.send('POST', `${path}/cancel`, keyed)).headers.get('ETag') ?? ''
  expect(await act(path, { priority: 9 }, tag)).toBe(200)
  // What it was bound to then is not kept.
  expect((await api.send('POST', `${path}/cancel`, keyed)).headers.get('ETag')).toBeNull()
  const rerun = await api.send<Made>('POST', `${path}/rerun`)
  const shown = await api.send('GET', `/v1/scans/${rerun.body.id}`)
  expect(rerun.headers.get('ETag')).toBe(shown.headers.get('ETag'))
})

test('a new secret is not the object, and has no tag', async () => {
  const { body } = await api.send<Made>('POST', '/v1/triggers', { body: { ...trigger, name: 'rotated' } })
  const sent = { headers: { 'Idempotency-Key': newId() } }
  for (const replayed of [null, 'true']) {
    const { headers } = await api.send<ProblemBody>('POST', `/v1/triggers/${body.id}/rotate-secret`, sent)
    expect([headers.get('Idempotency-Replayed'), headers.get('ETag')]).toEqual([replayed, null])
  }
})

test('a deletion by If-Match: * is bound to no version, as any is meant', () => {
  expect([undefined, '*', '"1-a", *', '"7-a"', 'W/"7-a"'].map((one) => versionToDelete(one, 7))).toEqual([
    ...[null, null, null],
    ...[7, 7],
  ])
  for (const one of ['"1-a"', '"-1-a"', 'x']) expect(() => versionToDelete(one, 7)).toThrow()
})
