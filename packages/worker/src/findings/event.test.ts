import { expect, test } from 'vitest'
import { readEvent } from './event.ts'

const line = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    'template-id': 'git-config',
    info: { name: 'Git config', severity: 'medium', tags: null },
    type: 'http',
    host: '127.0.0.1',
    ...more,
  })

test('a line of Nuclei is read, with keys that nobody knows yet', () => {
  const event = readEvent(line({ 'brand-new': { a: 1 }, port: '8080', 'extracted-results': ['b', 'a'] }))
  expect(event).toMatchObject({ 'template-id': 'git-config', port: '8080', 'extracted-results': ['b', 'a'] })
  expect(event).not.toHaveProperty('brand-new')
})

test('one text where a list is usual is a list of one, and a port may be a number', () => {
  const event = readEvent(line({ 'extracted-results': 'v1', info: { name: 'n', tags: 'a', reference: 'b' }, port: 80 }))
  expect(event).toMatchObject({ 'extracted-results': ['v1'], info: { tags: ['a'], reference: ['b'] }, port: 80 })
})

test('NUL and lone surrogates are taken out of values and keys, at any depth', () => {
  const event = readEvent(
    line({
      response: 'a\u0000b',
      'extracted-results': ['x\ud800y'],
      meta: { 'k\u0000ey': ['\udc00z'], pair: '\ud83d\ude00' },
    }),
  )
  expect(event).toMatchObject({
    response: 'ab',
    'extracted-results': ['x\ufffdy'],
    meta: { key: ['\ufffdz'], pair: '\ud83d\ude00' },
  })
})

test.each([
  ['no JSON', 'INF something'],
  ['half a line', line().slice(0, -5)],
  ['two objects', `${line()}${line()}`],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"template-id"'],
  ['an empty object', '{}'],
  ['no template', line({ 'template-id': '' })],
  ['a template id that is too long', line({ 'template-id': 'x'.repeat(201) })],
  ['a template id of another type', line({ 'template-id': 7 })],
  ['no info', line({ info: null })],
  ['no type', line({ type: 5 })],
  ['a host that is an object', line({ host: {} })],
  ['results that are no texts', line({ 'extracted-results': [1] })],
  ['a request that is a list', line({ request: [] })],
])('%s is no finding', (_, text) => {
  expect(readEvent(text)).toBeNull()
})

test('nesting without end is no finding, and ends nothing', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  expect(readEvent(deep)).toBeNull()
  expect(readEvent(line().replace('"127.0.0.1"', deep))).toBeNull()
  expect(
    readEvent(line().replace('"127.0.0.1"', `null,"meta":{"a":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`)),
  ).toBeNull()
})

test('keys that mean something to JavaScript are only keys', () => {
  const event = readEvent(line().replace('"type"', '"__proto__":{"polluted":true},"constructor":1,"type"'))
  expect(event).toMatchObject({ 'template-id': 'git-config' })
  expect(event).not.toHaveProperty('polluted')
  expect({}).not.toHaveProperty('polluted')
})
