import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test.each([
  ['a byte that no UTF-8 has', '/v1/findings?q=%FF', 'query', 'q'],
  ['a character that is cut', '/v1/findings?severity=high&q=a%C3', 'query', 'q'],
  ['half a surrogate pair', '/v1/templates?q=%ED%A0%80', 'query', 'q'],
  ['too long a form', '/v1/targets?q=%C0%AF', 'query', 'q'],
  ['a lone percent', '/v1/scans?label=team:50%', 'query', 'label'],
  ['a percent before no digits', '/v1/scans?target=%zz', 'query', 'target'],
  ['a second question mark', '/v1/scans?target=a?%', 'query', 'target'],
  ['a name', '/v1/scans?%FF=1', 'query', '\uFFFD'],
  ['a route that takes no query', '/healthz?%', 'query', '%'],
  ['an id', '/v1/scans/%FF', 'path', 'id'],
  ['an id that is cut', '/v1/scans/%E0%A4%A', 'path', 'id'],
  ['an id in the middle', '/v1/scans/scn_%/findings', 'path', 'id'],
  ['a code', '/problems/%C3', 'path', 'code'],
])('%s that is no UTF-8 in percent-encoding is refused by its name: %s', async (_, path, where, name) => {
  const { status, body } = await api.send<ProblemBody>('GET', path)
  expect([status, body.code]).toEqual([400, 'malformed-request'])
  const message = 'must be UTF-8 in percent-encoding'
  expect(body.errors).toEqual([{ in: where, name, code: 'encoding', message }])
})

test('each name is told once, and a hundred of them', async () => {
  const query = Array.from({ length: 300 }, (_, n) => `p${n % 150}=%`).join('&')
  const { body } = await api.send<ProblemBody>('GET', `/v1/scans?${query}`)
  expect(body.errors).toHaveLength(100)
  expect(new Set(body.errors?.map(({ name }) => name)).size).toBe(100)
})

test('what is encoded as it has to be is read, and what is no route stays none', async () => {
  const target = { name: '100 % é?', address: 'https://example.com' }
  const made = await api.send<{ id: string }>('POST', '/v1/targets', { body: target })
  const found = await api.send<{ data: { id: string }[] }>('GET', '/v1/targets?q=100+%25%20%C3%A9?')
  expect(found.body.data.map(({ id }) => id)).toEqual([made.body.id])
  expect((await api.send('GET', '/v1/%FF')).status).toBe(404)
})
