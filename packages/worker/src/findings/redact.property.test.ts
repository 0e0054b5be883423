import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvent } from './event.ts'
import { redact, redactCommand } from './redact.ts'
import { toFinding } from './to-finding.ts'

const chars = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: length, maxLength: length })
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const alnum = `${upper}abcdefghijklmnopqrstuvwxyz`
const hex = '0123456789abcdef'

/** Put together here, so that no scanner for secrets takes this file for a leak. */
const after = (begin: string[], alphabet: string, length: number) =>
  chars(alphabet, length).map((rest) => `${begin.join('')}${rest}`)
const keys = fc.oneof(
  after(['AK', 'IA'], upper, 16),
  after(['gh', 'p_'], alnum, 36),
  after(['github', '_pat_'], alnum, 60),
  after(['gl', 'pat-'], alnum, 20),
  after(['xo', 'xb-'], `${alnum}-`, 30),
  after(['xa', 'pp-1-'], alnum, 30),
  after(['sk', '_live_'], alnum, 24),
  after(['rk', '_test_'], alnum, 24),
  after(['AI', 'za'], `${alnum}_-`, 35),
  after(['ya', '29.'], `${alnum}_-`, 60),
  after(['sk', '-ant-'], `${alnum}_`, 48),
  after(['np', 'm_'], alnum, 36),
  after(['dop', '_v1_'], hex, 64),
  fc
    .tuple(chars(alnum, 20), chars(alnum, 30), chars(alnum, 43))
    .map(([head, body, sign]) => `${['ey', 'J'].join('')}${head}.${['ey', 'J'].join('')}${body}.${sign}`),
)
/** What may stand around a key so that it still is one: nothing that would make it a longer word. */
const around = fc
  .string({ unit: fc.constantFrom(...Array.from('\r\n\t "\'=:;,/?&<>[](){}|*!\u2028\u00e4\u{1f600}')), maxLength: 30 })
  .map((text) => text.toWellFormed())

test('a key of known shape never survives, whatever stands around it', () => {
  fc.assert(
    fc.property(around, keys, around, (before, key, behind) => {
      expect(redact(`${before}${key}${behind}`)).not.toContain(key)
      expect(redactCommand(`curl -X 'POST' -d '${before}${key}${behind}' 'http://a/'`)).not.toContain(key)
    }),
    { numRuns: 2000 },
  )
})

const name = fc
  .constantFrom('authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key')
  .chain((name) =>
    fc.constantFrom(
      name,
      name.toUpperCase(),
      name.replaceAll(/\b[a-z]/g, (one) => one.toUpperCase()),
    ),
  )
const lineEnd = fc.constantFrom('\n', '\r\n')
/** A value no one would guess, in one or several lines as HTTP folds them. */
const secretValue = chars(alnum, 24).filter((text) => !/^[0-9]+$/.test(text))
const folded = fc.tuple(lineEnd, fc.constantFrom(' ', '\t', '   ')).map((parts) => parts.join(''))

test('the value of a credential header never survives: any case, folded, of HTTP/2, as JSON, in a command', () => {
  fc.assert(
    fc.property(name, secretValue, secretValue, lineEnd, folded, around, (name, one, two, end, fold, odd) => {
      const value = `${one}${odd.replaceAll(/[\r\n]/g, '')}${fold}${two}`
      for (const text of [
        `GET / HTTP/1.1${end}Host: a${end}${name}: ${value}${end}Accept: */*${end}${end}`,
        `:method: GET${end}${name.toLowerCase()}:${value}${end}`,
        `> ${name}: ${value}${end}< HTTP/1.1 200 OK`,
        JSON.stringify({ headers: { [name]: value } }),
        JSON.stringify({ headers: { [name]: value } }, null, 2),
      ]) {
        const clean = redact(text)
        expect(clean).not.toContain(one)
        expect(clean).not.toContain(two)
      }
      const quoted = value.replaceAll("'", "'\\''")
      const command = redactCommand(`curl -X 'GET' -H '${name}: ${quoted}' -H 'Accept: x' 'http://a/'`)
      expect(command).not.toContain(one)
      expect(command).not.toContain(two)
      expect(command).toContain(`-H 'Accept: x' 'http://a/'`)
    }),
    { numRuns: 1000 },
  )
})

test('no secret survives in any field of an event', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => JSON.stringify(value).length < 2000)
  fc.assert(
    fc.property(keys, around, json, (key, text, value) => {
      const place = `${text}${key}${text}`
      const info = {
        ...{ name: place, author: place, tags: [place], description: place, impact: place, remediation: place },
        ...{ reference: [place], classification: { a: place, [place]: [place] }, metadata: { value, place } },
      }
      const event = readEvent(
        JSON.stringify({
          ...{
            'template-id': 'one',
            template: place,
            'template-url': place,
            info,
            type: 'http',
            host: place,
            port: 80,
          },
          ...{ ip: place, scheme: place, url: place, path: place, 'matched-at': place, 'matcher-name': place },
          ...{ 'extractor-name': place, 'extracted-results': [place, text], meta: { value, place }, request: place },
          ...{ response: place, 'curl-command': `curl '${place}'`, timestamp: place },
        }),
      )
      if (event === null) throw new Error('the event cannot be read')
      expect(JSON.stringify(toFinding(event, 'redacted', () => null))).not.toContain(key)
      expect(JSON.stringify(toFinding(event, 'none', () => null))).not.toContain(key)
    }),
    { numRuns: 300 },
  )
})

test('redaction never throws and gives text, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(typeof redact(text)).toBe('string')
      expect(typeof redactCommand(text)).toBe('string')
    }),
  )
})
