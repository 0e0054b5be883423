import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDocument } from '../src/openapi/document.ts'
import { document, mistakesBySchema, nonconformity } from './conform.ts'
import type { DocumentedOperation } from './conform.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]): [string, DocumentedOperation] => [`${method} ${path}`, operation]),
)

test('the document is what is checked in, and what is served', async () => {
  expect(makeDocument()).toEqual(document)
  const { status, body, headers } = await api.send('GET', '/openapi.json', { key: null })
  expect(status).toBe(200)
  expect(body).toEqual(JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')))
  const again = await api.send('GET', '/openapi.json', { headers: { 'If-None-Match': headers.get('ETag') ?? '' } })
  expect(again.status).toBe(304)
})

test('each operation has an id of its own, in camel case', () => {
  const ids = operations.map(([, { operationId }]) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/)
})

test.each(operations)('%s: the example of its body is what it takes', (_, { requestBody }) => {
  for (const { schema, example } of Object.values(requestBody?.content ?? {})) {
    expect(example).toBeDefined()
    expect(mistakesBySchema(schema ?? {}, example)).toEqual([])
  }
})

test.each(Object.entries(document.components.schemas))('the examples of %s are such', (_, schema) => {
  const { examples = [], ...rest } = schema
  for (const example of examples as unknown[]) expect(mistakesBySchema(rest, example)).toEqual([])
})

test('each body, and each answer in JSON, is a component with a name', () => {
  const inline = operations.flatMap(([name, { requestBody, responses }]) =>
    [requestBody, ...Object.values(responses)]
      .flatMap((one) => Object.entries(one?.content ?? {}))
      .filter(([media, { schema }]) => /[/+]json$/.test(media) && schema?.['$ref'] === undefined)
      .map(([media]) => `${name} ${media}`),
  )
  expect(inline).toEqual(['get /v1/scans/{id}/export application/sarif+json', 'get /openapi.json application/json'])
})

test('each object that is answered has an example, in openapi/examples', () => {
  const without = Object.entries(document.components.schemas)
    .filter(([name, schema]) => !inputs.has(name) && !name.endsWith('List') && !('examples' in schema))
    .map(([name]) => name)
  expect(without).toEqual([])
})

const closedOnPurpose = new Set(['state', 'severity', 'severities', 'severityFloor', 'kind', 'coverage'])

test('in answers only states, severities, kinds and coverages are closed lists', () => {
  const closed: string[] = []
  const walk = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return
    if ('enum' in value && !closedOnPurpose.has(name)) closed.push(name)
    for (const [key, one] of Object.entries(value))
      walk(one, /^(?:items|anyOf|oneOf|\d+|properties)$/.test(key) ? name : key)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) if (!inputs.has(name)) walk(schema, name)
  expect(closed).toEqual([])
})

/** Components that only requests hold. */
const inputs = new Set(
  operations.flatMap(([, { requestBody }]) => namesIn(requestBody ?? {})).flatMap((name) => [name, ...inner(name)]),
)
function inner(name: string): string[] {
  return namesIn(document.components.schemas[name] ?? {})
}
function namesIn(value: object): string[] {
  return [...JSON.stringify(value).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name)
}

test('an answer that is not as the document says is noticed', () => {
  const json = new Headers({ 'Content-Type': 'application/json' })
  const say = (status: number, body: unknown, headers = json) =>
    nonconformity('GET', '/v1/keys', status, headers, JSON.stringify(body))
  expect(say(200, { data: [], nextCursor: null })).toEqual([])
  expect(say(200, { data: [] })).toHaveLength(1)
  expect(say(200, { data: [], nextCursor: null, more: 1 })).toHaveLength(1)
  expect(say(200, { data: [{ id: 1 }], nextCursor: null }).length).toBeGreaterThan(1)
  expect(say(418, {})).toHaveLength(1)
  expect(say(401, { code: 'key-missing' })).toHaveLength(1)
})
