import { expect, test } from 'vitest'
import { formatScopePattern, parseScopePattern, routeMayHold, type ScopePattern } from './scope-pattern.ts'
import { words } from './words.fixture.ts'

const patterns: [text: string, formatted: string, pattern: ScopePattern][] = [
  ['App.Example.com', 'app.example.com', { kind: 'host', host: 'app.example.com', port: null }],
  ['app.example.com:8443', 'app.example.com:8443', { kind: 'host', host: 'app.example.com', port: 8443 }],
  ['*.example.com', '*.example.com', { kind: 'subdomains', host: 'example.com', port: null }],
  ['*.example.com:8443', '*.example.com:8443', { kind: 'subdomains', host: 'example.com', port: 8443 }],
  ['*.bücher.example', '*.xn--bcher-kva.example', { kind: 'subdomains', host: 'xn--bcher-kva.example', port: null }],
  ['*', '*', { kind: 'subdomains', host: '', port: null }],
  ['*:443', '*:443', { kind: 'subdomains', host: '', port: 443 }],
  ['127.0.0.1/32:8080', '127.0.0.1/32:8080', v4('127.0.0.1', 32, 8080)],
  ['127.0.0.1', '127.0.0.1/32', v4('127.0.0.1', 32, null)],
  ['127.0.0.1:80', '127.0.0.1/32:80', v4('127.0.0.1', 32, 80)],
  ['localhost', '127.0.0.1/32', v4('127.0.0.1', 32, null)],
  ['localhost:8080', '127.0.0.1/32:8080', v4('127.0.0.1', 32, 8080)],
  ['LOCALHOST', '127.0.0.1/32', v4('127.0.0.1', 32, null)],
  ['10.0.0.0/8', '10.0.0.0/8', v4('10.0.0.0', 8, null)],
  ['0.0.0.0/0', '0.0.0.0/0', v4('0.0.0.0', 0, null)],
  ['[::1]/128:443', '[::1]/128:443', v6('::1', 128, 443)],
  ['[::1]', '[::1]/128', v6('::1', 128, null)],
  ['[::1]:443', '[::1]/128:443', v6('::1', 128, 443)],
  ['[2001:DB8:0::]/32', '[2001:db8::]/32', v6('2001:db8::', 32, null)],
  ['[::]/0', '[::]/0', v6('::', 0, null)],
]

test.each(patterns)('%s is the pattern %s', (text, formatted, pattern) => {
  expect(parseScopePattern(text)).toEqual({ ok: true, pattern })
  expect(formatScopePattern(pattern)).toBe(formatted)
  expect(parseScopePattern(formatted)).toEqual({ ok: true, pattern })
})

test.each([
  'a\u00adb.example',
  '',
  ' ',
  'a b',
  'a\0',
  'a\n',
  'a\\b',
  `${'a.'.repeat(160)}a`,
  ...words`
    a,b -a user@a a/b example.com/24 *.example.com/24 */0 *. ** *.* *a.example *ab.example a.*.example *.*.example
    *.1.2.3.4 *.10.0.0.0/8 *.[::1] *.2130706433 http://a.example https://a.example/ a.example: a.example:0
    a.example:65536 a.example:http *:0 a.example:80:80 a.example. .example _a.example 10.0.0.1/8 10.0.0.0/33
    10.0.0.0/ 10.0.0.0/08 10.0.0.0/-1 10.0.0.0/8/8 10.0.0.0/0x8 10.0.0.0/8:0 10.0/16 0x7f.0.0.1 2130706433
    127.1/32 ::1 ::1/128 [::1 [::1]/129 [::1]/64 [2001:db8::1]/32 [fe80::1%eth0] [::ffff:127.0.0.1]
    [::ffff:0:0]/96 [::ffff:10.0.0.0]/104 [10.0.0.0]/8 [a.example] [] localhost/32 １２７.0.0.1 127.0.0.1/３２`,
])('%j is no pattern, and the advice does not repeat it', (text) => {
  const parsed = parseScopePattern(text)
  expect(parsed).toEqual({ ok: false, message: expect.stringMatching(/^[a-z]/) })
  if (!parsed.ok && text.trim().length > 12) expect(parsed.message).not.toContain(text)
})

test.each(words`
    example.com app.example.com:8443 *.example.com *.example.co.uk:443 *.me.github.io *.corp.internal
    8.8.8.8 8.8.0.0/16 8.8.8.0/24:53 [2606:4700::]/32 [2606:4700::1111]/128:443 100.128.0.0/16`)(
  'a workspace may allow %s',
  (text) => {
    expect(routeMayHold(parsed(text))).toEqual({ ok: true })
  },
)

test.each(words`
    * *:443 *.com *.co.uk *.github.io:443 *.internal *.localhost *.ck *.kawasaki.jp *.рф *.公司.cn
    *.s3.amazonaws.com 203.0.112.0/23 8.0.0.0/15 0.0.0.0/0 [2606:4700::]/31 [::]/0 [2000::]/3 localhost 127.0.0.1/32:8080
    10.0.0.0/8 10.0.0.0/16 10.1.2.3 192.168.0.0/16 169.254.0.0/16 172.16.0.0/16 100.64.0.0/16 198.18.0.0/16
    192.0.0.0/16 224.0.0.0/24 169.254.169.254:80 100.100.100.200 168.63.129.16 [::1] [fd00:ec2::254]:80
    [fe80::]/64 [fc00::]/32 [2002:a00:1::]/48 [64:ff9b::]/96 [2001:db8::]/32 [ff02::1]`)(
  'a workspace may not allow %s',
  (text) => {
    expect(routeMayHold(parsed(text))).toEqual({ ok: false, message: expect.any(String) })
  },
)

test('a refused rule says who could have it', () => {
  expect(routeMayHold(parsed('*'))).toMatchObject({ message: expect.stringContaining('only SCOPE_ALLOW') })
  expect(routeMayHold(parsed('10.0.0.1:80'))).toMatchObject({
    message: expect.stringContaining('SCOPE_ALLOW=10.0.0.1/32:80'),
  })
})

function parsed(text: string): ScopePattern {
  const result = parseScopePattern(text)
  if (!result.ok) throw new Error(`${text}: ${result.message}`)
  return result.pattern
}

function v4(address: string, bits: number, port: number | null): ScopePattern {
  return { kind: 'network', address, bits, family: 4, port }
}

function v6(address: string, bits: number, port: number | null): ScopePattern {
  return { kind: 'network', address, bits, family: 6, port }
}
