import { expect, test } from 'vitest'
import { readEvent } from './event.ts'
import type { NucleiEvent } from './event.ts'
import { toFinding } from './to-finding.ts'

const event = (more: Record<string, unknown> = {}): NucleiEvent => {
  const info = { name: 'Git config', severity: 'Medium' }
  const read = readEvent(JSON.stringify({ 'template-id': 'git-config', info, type: 'http', ...more }))
  if (!read) throw new Error('the event cannot be read')
  return read
}
const row = (more: Record<string, unknown> = {}, evidence: 'none' | 'redacted' | 'full' = 'redacted') =>
  toFinding(event(more), evidence, (host, port) => `${host} ${port}`)

test('where it was found names its target', () => {
  expect(row({ host: '127.0.0.1', port: '8080' })).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    target: '127.0.0.1 8080',
  })
})

test.each(['0', '65536', '-1', '80.5', 'http', '', null])('%j is no port', (port) => {
  expect(row({ port })).toMatchObject({ port: null })
})

test.each([
  ['Critical', 'critical'],
  ['undefined', 'unknown'],
  [null, 'unknown'],
])('severity %j is stored as %s', (said, severity) => {
  expect(row({ info: { name: 'n', severity: said } }).severity).toBe(severity)
})

test.each([
  ['2026-11-23T18:00:41.74985274Z', '2026-11-23T18:00:41.749Z'],
  ['2026-11-23T20:00:41+02:00', '2026-11-23T18:00:41.000Z'],
  ['some text 2020', null],
  ['0000-01-01T00:00:00Z', null],
  ['+275760-09-13T00:00:00.000Z', null],
  ['2026-13-01T00:00:00Z', null],
  ['', null],
])('the time %j becomes one that PostgreSQL takes, or none', (timestamp, at) => {
  expect(row({ timestamp }).at).toBe(at)
})

test('a day that its month does not have is no text that PostgreSQL refuses', () => {
  expect(row({ timestamp: '2026-02-30T00:00:00Z' }).at).not.toBe('2026-02-30T00:00:00Z')
})

test('every text has its cap, and a cap cuts no character in two', () => {
  const long = '\ud83d\ude00'.repeat(400_000)
  const much = { name: `x${long}`, tags: [`x${long}`], reference: Array.from({ length: 200 }, () => 'r'.repeat(4096)) }
  const capped = row({
    info: { ...much, description: `x${long}`, classification: { deep: long } },
    type: `x${long}`,
    'matcher-name': `x${long}`,
    'extracted-results': Array.from({ length: 300 }, () => 'e'.repeat(5000)),
    request: `x${long}`,
    response: `x${long}`,
    'curl-command': `x${long}`,
  })
  expect(JSON.stringify(capped).isWellFormed()).toBe(true)
  expect(JSON.stringify(capped)).not.toContain('\\ud83d"')
  expect(capped.extractedResults).toHaveLength(200)
  expect(capped.detail).toMatchObject({ classification: {} })
  expect(Buffer.byteLength(capped.response ?? '')).toBe(65_533)
  expect(JSON.stringify(capped).length).toBeLessThan(2_000_000)
})

const cookie = { request: 'GET / HTTP/1.1\r\nCookie: a=b\r\n\r\n', 'curl-command': `curl -H 'Cookie: a=b' 'u'` }

test('secrets are taken out of request, response, results and command', () => {
  const kept = row({ ...cookie, response: 'Set-Cookie: c=d', 'extracted-results': ['Authorization: Basic x'] })
  expect(kept.request).toBe('GET / HTTP/1.1\r\nCookie: [redacted]\r\n\r\n')
  expect(kept.response).toBe('Set-Cookie: [redacted]')
  expect(kept.extractedResults).toEqual(['Authorization: [redacted]'])
  expect(kept.detail).toMatchObject({ curlCommand: `curl -H 'Cookie: [redacted]' 'u'` })
})

test('full evidence is kept as it came, and none is kept where none was ordered', () => {
  expect(row(cookie, 'full')).toMatchObject({
    request: cookie.request,
    detail: { curlCommand: cookie['curl-command'] },
  })
  expect(row({ ...cookie, response: 'x' }, 'none')).toMatchObject({
    request: null,
    response: null,
    detail: { curlCommand: `curl -H 'Cookie: [redacted]' 'u'` },
  })
})

test('a secret goes from every text of an event, and what the finding is about stays', () => {
  const token = ['ghp_', 'aB3'.repeat(12)].join('')
  const all = event({
    ...{
      template: token,
      url: `http://a/?t=${token}`,
      'matched-at': `http://a/?t=${token}`,
      meta: { cookie: 'a=b', [token]: token },
    },
    info: { name: token, author: [token], description: token, impact: token, metadata: { deep: [{ token }] } },
  })
  const kept = JSON.stringify(toFinding(all, 'redacted', () => null))
  expect(kept).not.toContain(token)
  expect(kept).not.toContain('a=b')
  expect(kept).toContain('http://a/?t=[redacted]')
  expect(JSON.stringify(toFinding(all, 'none', () => null))).not.toContain(token)
  expect(JSON.stringify(toFinding(all, 'full', () => null))).toContain(token)
})

test('the fingerprint is that of the event as it came', () => {
  const one = { 'matched-at': `http://a/${['ghp_', 'aB3'.repeat(12)].join('')}` }
  const other = { 'matched-at': `http://a/${['ghp_', 'cD4'.repeat(12)].join('')}` }
  expect(row(one).fingerprint).not.toBe(row(other).fingerprint)
  expect(row(one).fingerprint).toBe(row(one, 'full').fingerprint)
})

test('the file of the template is not kept', () => {
  expect(JSON.stringify(row({ 'template-path': '/srv/templates/a.yaml' }, 'full'))).not.toContain('/srv/templates')
})
