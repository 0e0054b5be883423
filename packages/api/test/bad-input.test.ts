import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const good = { targets: ['https://app.example.com'] }
const many = (n: number) => Array.from({ length: n }, (_, at) => `h${at}.example.com`)
const bytes = (...list: number[]) =>
  new Uint8Array([...new TextEncoder().encode('{"targets":["'), ...list, 0x22, 0x5d, 0x7d])
const chunked = (size: number) =>
  new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(65_536).fill(0x20))
      size -= 65_536
      if (size <= 0) controller.close()
    },
  })

type Case = [name: string, sent: Sent, status: number, code: string, pointer?: string, error?: string]

const target = (name: string, text: string, error: string): Case => [
  name,
  { body: { targets: ['example.com', text] } },
  422,
  'target-invalid',
  '/targets/1',
  error,
]
const input = (name: string, change: object, pointer: string, error: string): Case => [
  name,
  { body: { ...good, ...change } },
  422,
  'invalid-input',
  pointer,
  error,
]

const cases: Case[] = [
  input('an unknown field', { nmap: true }, '/nmap', 'unknown-field'),
  input('an unknown field inside', { limits: { speed: 1 } }, '/limits/speed', 'unknown-field'),
  input('a wrong type', { targets: 'example.com' }, '/targets', 'type'),
  input('a wrong type in a list', { targets: ['example.com', 7] }, '/targets/1', 'type'),
  input('a list for an object', { limits: [] }, '/limits', 'type'),
  input('null for an object', { templates: null }, '/templates', 'type'),
  input('a number out of range', { limits: { requestsPerSecond: 0 } }, '/limits/requestsPerSecond', 'min-value'),
  input('a broken number', { priority: 1.5 }, '/priority', 'integer'),
  input('limits too close', { limits: { softLimitSeconds: 3600 } }, '/limits/hardLimitSeconds', 'too-close'),
  input('an unknown severity', { templates: { severities: ['worst'] } }, '/templates/severities/0', 'one-of'),
  input('a template id that is a path', { templates: { ids: ['/etc/passwd'] } }, '/templates/ids/0', 'regex'),
  input('a label key in capitals', { labels: { Team: 'web' } }, '/labels/Team', 'regex'),
  input('a label named constructor', { labels: { constructor: 'x' } }, '/labels/constructor', 'reserved'),
  input('no targets', { targets: [] }, '/targets', 'min-length'),
  input('10,001 targets', { targets: many(10_001) }, '/targets', 'max-length'),
  ['no target field', { body: {} }, 422, 'invalid-input', '/targets', 'required'],
  ['a body that is a list', { body: [good] }, 422, 'invalid-input', '', 'type'],
  ['a body that is null', { raw: 'null' }, 422, 'invalid-input', '', 'type'],
  ['__proto__ as a field', { raw: '{"targets":["example.com"],"__proto__":{}}' }, 422, 'invalid-input', '/__proto__'],
  target('userinfo', 'https://user:pass@app.example.com', 'userinfo'),
  target('a control character', 'app.example.com\u0007', 'control-character'),
  target('a comma', 'app.example.com,b.example.com', 'comma'),
  target('a leading hyphen', '-oG', 'leading-dash'),
  target('CIDR', '192.0.2.0/24', 'cidr'),
  target('decimal IPv4', '3221225985', 'ipv4-form'),
  target('octal IPv4', '0300.0.2.1', 'ipv4-form'),
  target('a path that exists', '/etc/passwd', 'path'),
  target('a file of this folder', './package.json', 'path'),
  target('another scheme', 'file:///etc/passwd', 'scheme'),
  ['NUL', { raw: '{"targets":["a\\u0000.example.com"]}' }, 422, 'invalid-input', '/targets/0', 'nul'],
  [
    'NUL in a key',
    { raw: '{"targets":["example.com"],"labels":{"a\\u0000":"x"}}' },
    422,
    'invalid-input',
    '/labels',
    'nul',
  ],
  ['half a surrogate', { raw: '{"targets":["\\ud800x"]}' }, 422, 'invalid-input', '/targets/0', 'lone-surrogate'],
  ['broken JSON', { raw: '{"targets":' }, 400, 'malformed-json'],
  ['an empty body', { raw: '' }, 400, 'malformed-json'],
  ['a key twice', { raw: '{"targets":["a.example.com"],"targets":["b.example.com"]}' }, 400, 'malformed-json'],
  [
    'a key twice by an escape',
    { raw: '{"targets":[],"limits":{"retries":1,"r\\u0065tries":2}}' },
    400,
    'malformed-json',
  ],
  ['nesting without end', { raw: '['.repeat(100_000) + ']'.repeat(100_000) }, 400, 'malformed-json'],
  ['bytes that are no UTF-8', { raw: bytes(0xc3, 0x28) }, 400, 'malformed-json'],
  ['a 2 MiB body', { raw: ' '.repeat(2_097_152) }, 413, 'body-too-large'],
  ['a 2 MiB body in chunks', { raw: chunked(2_097_152) }, 413, 'body-too-large'],
  ['a wrong media type', { body: good, headers: { 'Content-Type': 'text/plain' } }, 415, 'unsupported-media-type'],
  [
    'another charset',
    { body: good, headers: { 'Content-Type': 'application/json; charset=latin1' } },
    415,
    'unsupported-media-type',
  ],
  ['a coded body', { body: good, headers: { 'Content-Encoding': 'gzip' } }, 415, 'unsupported-media-type'],
  ['an idempotency key with a space', { body: good, headers: { 'Idempotency-Key': 'a b' } }, 400, 'malformed-request'],
  [
    'an idempotency key of 256 characters',
    { body: good, headers: { 'Idempotency-Key': 'k'.repeat(256) } },
    400,
    'malformed-request',
  ],
]

test.each(cases)(
  '%s is refused with its code and pointer, and nothing is stored',
  async (_, sent, status, code, pointer, error) => {
    const rings = api.rings()
    const { body, headers, ...answer } = await api.send<ProblemBody>('POST', '/v1/scans', sent)
    expect([answer.status, body.code, headers.get('Content-Type')]).toEqual([status, code, 'application/problem+json'])
    if (pointer !== undefined)
      expect(body.errors).toContainEqual(
        expect.objectContaining({ in: 'body', pointer, ...(error ? { code: error } : {}) }),
      )
    const [stored] = await api.db.sql`
    select (select count(*) from scans)::int as scans, (select count(*) from idempotency_keys)::int as keys,
      (select count(*) from audit_events)::int as audits`
    expect(stored).toEqual({ scans: 0, keys: 0, audits: 0 })
    expect(api.rings()).toBe(rings)
  },
)

test('all mistakes come back together, each with its pointer, and no value is repeated', async () => {
  const secret = 'hunter2-never-repeated'
  const body = {
    targets: ['example.com'],
    'extra~/1': secret,
    other: secret,
    limits: { retries: secret, concurrency: 1000, deeper: secret },
    labels: { 'Bad Key': secret },
    evidence: secret,
  }
  const answer = await api.send<ProblemBody>('POST', '/v1/scans', { body })
  expect(answer.body.errors?.map((error) => error.pointer).toSorted()).toEqual([
    '/evidence',
    '/extra~0~11',
    '/labels/Bad Key',
    '/limits/concurrency',
    '/limits/deeper',
    '/limits/retries',
    '/other',
  ])
  expect(JSON.stringify(answer.body)).not.toContain('hunter2')
})

test('a hundred mistakes are named, the rest is left out', async () => {
  const { body } = await api.send<ProblemBody>('POST', '/v1/scans', {
    body: { targets: Array.from({ length: 500 }, () => 7) },
  })
  expect(body.errors).toHaveLength(100)
})
