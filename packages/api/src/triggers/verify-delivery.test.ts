import { sign, verify } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { isSigned } from './verify-delivery.ts'

const body = (text: string) => new TextEncoder().encode(text)
const signed = (headers: Record<string, string>, text: string, now = new Date()) => ({
  header: (name: string) => new Map(Object.entries(headers)).get(name),
  body: body(text),
  now,
})
const secret = "It's a Secret to Everybody"
const hex = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'

test("GitHub's own example is verified, as its library verifies it", async () => {
  const headers = { 'X-Hub-Signature-256': `sha256=${hex}` }
  expect(await verify(secret, 'Hello, World!', `sha256=${hex}`)).toBe(true)
  expect(await isSigned('github', [secret], signed(headers, 'Hello, World!'))).toBe(true)
  expect(await isSigned('github', ['another', secret], signed(headers, 'Hello, World!'))).toBe(true)
  expect(await isSigned('github', [secret], signed(headers, 'Hello, World?'))).toBe(false)
  expect(await isSigned('github', ['another'], signed(headers, 'Hello, World!'))).toBe(false)
})

test('what the library of GitHub signs is verified, and no other form of it', async () => {
  const text = '{"zen":"ü"}'
  const signature = await sign(secret, text)
  const by = (value: string) => isSigned('github', [secret], signed({ 'X-Hub-Signature-256': value }, text))
  expect(await by(signature)).toBe(true)
  for (const other of [
    '',
    signature.slice(7),
    `${signature}, ${signature}`,
    signature.toUpperCase(),
    signature.slice(0, -2),
  ])
    expect([other, await by(other)]).toEqual([other, false])
})

const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const text = '{"test": 2432232314}'

test.each(['standard', 'gitlab'] as const)(
  '%s: what the library of Standard Webhooks signs is verified',
  async (kind) => {
    const now = new Date()
    const signature = new Webhook(key).sign(id, now, text)
    const at = String(Math.floor(now.getTime() / 1000))
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': `v1,${'A'.repeat(43)}= ${signature}`,
    }
    const by = (change: Record<string, string>, of = text, when = now) =>
      isSigned(kind, [key], signed({ ...headers, ...change }, of, when))
    expect(await by({})).toBe(true)
    expect(await by({ 'webhook-id': 'msg_other' })).toBe(false)
    expect(await by({ 'webhook-signature': `${signature}, ${signature}` })).toBe(false)
    expect(await by({ 'webhook-signature': `v1,${'A'.repeat(43)}=, ${signature}` })).toBe(false)
    expect(await by({ 'webhook-timestamp': String(Number(at) + 1) })).toBe(false)
    expect(await by({ 'webhook-signature': '' })).toBe(false)
    expect(await by({ 'webhook-signature': signature.replace('v1,', 'v1a,') })).toBe(false)
    expect(await by({}, '{"test":2432232314}')).toBe(false)
    for (const [seconds, fine] of [
      [299, true],
      [-299, true],
      [302, false],
      [-302, false],
    ] as const) {
      expect([seconds, await by({}, text, new Date(now.getTime() + seconds * 1000))]).toEqual([seconds, fine])
    }
  },
)

test("GitLab's token is compared whole, and no token stands in for a signature", async () => {
  const token = 'a token of 24 bytes or more'
  const by = (value: string, secrets = [token]) =>
    isSigned('gitlab', secrets, signed({ 'X-Gitlab-Token': value }, text))
  expect(await by(token)).toBe(true)
  for (const other of ['', token.slice(1), `${token} `, `${token}, ${token}`]) expect(await by(other)).toBe(false)
  expect(await isSigned('gitlab', [token], signed({}, text))).toBe(false)
  expect(await by(key, [key])).toBe(false)
})
