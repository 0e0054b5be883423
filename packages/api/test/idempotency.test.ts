import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const order = (key: string, body: object = { targets: ['example.com'] }, more = {}) =>
  api.send<{ id: string } & ProblemBody>('POST', '/v1/scans', { body, headers: { 'Idempotency-Key': key }, ...more })

const scans = async () => {
  const [row] = await api.db.sql<{ n: number }[]>`select count(*)::int as n from scans`
  return row?.n
}

test('the same key and body get the first answer again, however the key is quoted and the body spelled', async () => {
  const first = await order('k-1', { targets: ['example.com'], labels: { a: '1', b: '2' } })
  expect([first.status, first.headers.get('Idempotency-Replayed')]).toEqual([202, null])
  const raw = '{ "labels": {"b":"2", "a":"\\u0031"},\n "targets": ["example.com"] }'
  const again = await order('"k-1"', undefined, { raw })
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([202, 'true'])
  expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
  expect(again.body).toEqual(first.body)
  expect(await scans()).toBe(1)
})

test('the same key with another body is 422 and makes nothing', async () => {
  const before = await scans()
  const { status, body } = await order('k-1', { targets: ['other.example.com'] })
  expect([status, body.code]).toEqual([422, 'idempotency-key-reused'])
  expect(body.errors).toMatchObject([{ in: 'header', name: 'Idempotency-Key' }])
  expect(await scans()).toBe(before)
})

test('a key is bound to its route and workspace', async () => {
  const headers = { 'Idempotency-Key': 'k-1' }
  const rule = { effect: 'deny', pattern: 'x.example.com', note: 'test' }
  for (const body of [rule, { targets: ['example.com'], labels: { a: '1', b: '2' } }]) {
    const other = await api.send<ProblemBody>('POST', '/v1/scope-rules', { body, headers })
    expect(other.body.code).toBe('idempotency-key-reused')
  }
  const foreign = await order('k-1', { targets: ['example.com'] }, { key: await foreignKey(api.db) })
  expect([foreign.status, foreign.headers.get('Idempotency-Replayed')]).toEqual([202, null])
})

test('fifty at once make one scan and all get its answer', async () => {
  const before = (await scans()) ?? 0
  const answers = await Promise.all(Array.from({ length: 50 }, () => order('fifty')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect(new Set(answers.map(({ body }) => JSON.stringify(body, Object.keys(body).toSorted()))).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.get('Idempotency-Replayed') === null)).toHaveLength(1)
  expect(await scans()).toBe(before + 1)
})

test('the first answer counts even when the same order would be refused now', async () => {
  const first = await order('before-the-rule-ended')
  const app = createApp({ ...api.deps, operatorRules: [] })
  const send = async (key: string) => {
    const response = await app.request('/v1/scans', {
      method: 'POST',
      headers: { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ targets: ['example.com'] }),
    })
    return [response.status, ((await response.json()) as { id?: string }).id]
  }
  expect(await send('before-the-rule-ended')).toEqual([202, first.body.id])
  expect(await send('another')).toEqual([422, undefined])
})

test('a refused order keeps nothing under its key', async () => {
  const refused = await order('refused-first', { targets: ['not.example.net'] })
  expect(refused.status).toBe(422)
  expect((await order('refused-first')).status).toBe(202)
})

test('after a day a key is free again', async () => {
  const first = await order('old')
  await api.db.sql`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'old'`
  const second = await order('old', { targets: ['new.example.com'] })
  expect([second.status, second.headers.get('Idempotency-Replayed')]).toEqual([202, null])
  expect(second.body.id).not.toBe(first.body.id)
})
