import { expect, test } from 'vitest'
import { redact, redactCommand } from './redact.ts'

const letters = (count: number) => 'aB3'.repeat(count).slice(0, count)
/** Put together here, so that no scanner for secrets takes this file for a leak. */
const secret = (...parts: string[]) => parts.join('')

test.each([
  ['AWS key', secret('AKIA', 'ABCDEFGHIJKLMNOP')],
  ['AWS session key', secret('ASIA', 'ABCDEFGHIJKLMNOP')],
  ['GitHub token', secret('ghp_', letters(36))],
  ['GitHub app token', secret('ghs_', letters(36))],
  ['fine grained GitHub token', secret('github_pat_', letters(30))],
  ['GitLab token', secret('glpat-', letters(20))],
  ['Slack token', secret('xoxb-', '123456789012-', letters(12))],
  ['Stripe key', secret('sk_live_', letters(24))],
  ['Google key', secret('AIza', letters(35))],
  ['Assayer key', secret('asy_', 'a'.repeat(26), '_', 'b'.repeat(58))],
  ['web token', secret('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0In0', '.', letters(43))],
])('%s is taken out wherever it stands', (_, text) => {
  for (const [before, after] of [
    ['', ''],
    ['"key": "', '"'],
    ['a=1&token=', '&b=2'],
    ['x-', ' '],
    ['line\n', '\nline'],
  ]) {
    expect(redact(`${before}${text}${after}`)).toBe(`${before}[redacted]${after}`)
  }
})

test('a web token is found behind words with dots', () => {
  const token = secret('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0In0', '.', letters(43))
  expect(redact(`a.b.${token}.c`)).toBe('a.b.[redacted].c')
  expect(redact(`www.example.com/${token}`)).toBe('www.example.com/[redacted]')
})

test.each(['Authorization', 'proxy-authorization', 'COOKIE', 'Set-Cookie', 'X-Api-Key', 'X-Auth-Token'])(
  'the value of the header %s is taken out, and only that line',
  (name) => {
    expect(redact(`GET / HTTP/1.1\r\n${name}: Basic YWRtaW46YWRtaW4=\r\nHost: a\r\n\r\n`)).toBe(
      `GET / HTTP/1.1\r\n${name}: [redacted]\r\nHost: a\r\n\r\n`,
    )
  },
)

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
  'a %s is taken out, also one that was cut off',
  (kind) => {
    const begin = secret('-----BEGIN ', kind, '-----')
    const end = secret('-----END ', kind, '-----')
    expect(redact(`before\n${begin}\nMIIB\nAAAA\n${end}\nafter`)).toBe(`before\n${begin} [redacted]\nafter`)
    expect(redact(`${begin}\nMIIB\nAAAA`)).toBe(`${begin} [redacted]`)
  },
)

test('a private key is taken out where Nuclei or a header took its first line', () => {
  const tail = `\nMIIBone\nAAAAtwo\n${secret('-----END ', 'RSA PRIVATE KEY', '-----')}\nafter`
  for (const before of [
    'COOKIE=***',
    'COOKIE="***',
    `x-auth-token: ${secret('-----BEGIN ', 'RSA PRIVATE KEY', '-----')}`,
  ]) {
    const clean = redact(`before\n${before}${tail}`)
    expect(clean).toMatch(/^before\n[^]*\[redacted\]\nafter$/)
    expect(clean).not.toMatch(/one|two/)
  }
  const whole = 'Set-Cookie: ***\n\nhello *** world\n***\nAAAA\n-----END CERTIFICATE-----'
  expect(redact(whole)).toBe(whole.replace('Cookie: ***', 'Cookie: [redacted]'))
})

test('a credential is taken out where Nuclei masked the name of its header with the empty one before', () => {
  expect(redact('Cookie: \r\n***"admin", response="6629"\r\nHost: a')).toBe(
    'Cookie: [redacted]\r\n[redacted]\r\nHost: a',
  )
  expect(redactCommand(`curl -H 'Cookie: '***'X-Auth-Token: 6629' -H 'Host: a' 'u'`)).toBe(
    `curl -H 'Cookie: [redacted]'***'X-Auth-Token: [redacted]' -H 'Host: a' 'u'`,
  )
})

test('what is no secret stays', () => {
  const text =
    'AKIA short, ghp_short, eyJ.eyJ.x, -----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nETag: abc'
  expect(redact(text)).toBe(text)
})

test('a header argument of a command is taken out to its end, whatever quotes are inside', () => {
  expect(redactCommand(`curl -X 'GET' -H 'Authorization: Basic YQ==' -H 'Host: a' 'http://a/'`)).toBe(
    `curl -X 'GET' -H 'Authorization: [redacted]' -H 'Host: a' 'http://a/'`,
  )
  expect(redactCommand(`curl -H 'Cookie: a="b c"; d=e' -H 'X: y'`)).toBe(`curl -H 'Cookie: [redacted]' -H 'X: y'`)
  expect(redactCommand(`curl -H 'cookie: it'\\''s mine' 'u'`)).toBe(`curl -H 'cookie: [redacted]' 'u'`)
  expect(redactCommand(`curl -H "X-Api-Key: a\\"b'c" "u"`)).toBe(`curl -H "X-Api-Key: [redacted]" "u"`)
})

/** The longest line that is read. */
const mib = 1_048_576
test.each([
  ['web tokens that never end', 'eyJaaaaaaaa-'],
  ['web tokens with one dot', 'eyJaaaaaaaa.'],
  ['words with dots', 'a.'],
  ['begins of keys', '-----BEGIN RSA '],
  ['begins of whole keys', '-----BEGIN PRIVATE KEY-----'],
  ['words of a key', 'PRIVATE KEY'],
  ['headers without a value', 'authorization \n'],
  ['blanks after a header', ' '],
  ['GitLab tokens', 'glpat-'],
  ['Slack tokens', 'xoxb-a-'],
  ['quotes', `-H 'cookie:'\\''`],
  ['folded headers', ':\r\n '],
  ['headers as JSON that never end', '"cookie": "\\"'],
  ['bearers', 'bearer '],
  ['users of a URL', 'a://b:c'],
  ['names of a secret', 'aws_secret_access_key="'],
  ['masks', '***\n'],
  ['masks before an end', '***\n-----END '],
  ['lines after a mask', ':\n***\n'],
  ['blanks', '\t'],
])('hostile text is done with in one pass: %s', (_, piece) => {
  const text = `cookie${piece.repeat(Math.ceil(mib / piece.length))}`
  // A backtracking expression would still be at it when the test's time is up.
  expect(redactCommand(text).length).toBeGreaterThan(0)
})
