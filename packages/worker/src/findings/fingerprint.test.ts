import { expect, test } from 'vitest'
import type { NucleiEvent } from './event.ts'
import { fingerprintOf } from './fingerprint.ts'

const event = (more: Partial<NucleiEvent> = {}): NucleiEvent => ({
  'template-id': 'default-login',
  info: { name: 'Default login', severity: 'high' },
  type: 'http',
  host: '127.0.0.1',
  port: '8080',
  'matched-at': 'http://127.0.0.1:8080/login',
  'matcher-name': 'admin',
  'extractor-name': 'version',
  'extracted-results': ['b', 'a'],
  meta: { username: 'admin', password: 'admin' },
  ...more,
})
const base = fingerprintOf(event())

test('it is a SHA-256 in hex', () => {
  expect(base).toMatch(/^[0-9a-f]{64}$/)
})

test.each<[string, Partial<NucleiEvent>]>([
  ['time stamp', { timestamp: '2026-11-23T18:00:41Z' }],
  ['curl command', { 'curl-command': "curl -H 'User-Agent: random'" }],
  ['evidence', { request: 'GET /', response: 'HTTP/1.1 200 OK' }],
  ['address', { ip: '127.0.0.1' }],
  ['order of extracted results', { 'extracted-results': ['a', 'b'] }],
  ['order of meta', { meta: { password: 'admin', username: 'admin' } }],
  ['form of the port', { port: 8080 }],
  ['words about the template', { info: { name: 'Other name', severity: 'low' } }],
])('%s makes no other finding', (_, more) => {
  expect(fingerprintOf(event(more))).toBe(base)
})

test.each<[string, Partial<NucleiEvent>]>([
  ['template', { 'template-id': 'other' }],
  ['matcher', { 'matcher-name': 'guest' }],
  ['no matcher', { 'matcher-name': null }],
  ['extractor', { 'extractor-name': 'title' }],
  ['type', { type: 'ssl' }],
  ['host', { host: '127.0.0.2' }],
  ['port', { port: '8081' }],
  ['place', { 'matched-at': 'http://127.0.0.1:8080/' }],
  ['extracted results', { 'extracted-results': ['a'] }],
  ['meta', { meta: { username: 'admin', password: 'secret' } }],
  ['no meta', { meta: null }],
])('another %s is another finding', (_, more) => {
  expect(fingerprintOf(event(more))).not.toBe(base)
})

test('parts cannot be shifted from one field into the next', () => {
  const joined = fingerprintOf(event({ 'matcher-name': 'ab', 'extractor-name': '' }))
  expect(joined).not.toBe(fingerprintOf(event({ 'matcher-name': 'a', 'extractor-name': 'b' })))
  const one = fingerprintOf(event({ 'extracted-results': ['a","b'] }))
  expect(one).not.toBe(fingerprintOf(event({ 'extracted-results': ['a', 'b'] })))
})
