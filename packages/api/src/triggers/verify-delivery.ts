import { isSigningToken, standardKey } from '@assayer/schema'
import type { TriggerKind } from '@assayer/schema'

const toleranceSeconds = 300
const bytesOf = (text: string) => new TextEncoder().encode(text)
type Bytes = Uint8Array<ArrayBuffer>
type Header = (name: string) => string | undefined

/** A request that claims to be a delivery: nothing of it has been parsed. */
export type Signed = { header: Header; body: Uint8Array; now: Date }

/**
 * Whether a delivery was signed with one of these secrets, over its raw bytes and in constant time. Sources: GitHub's
 * `X-Hub-Signature-256`, GitLab's secret token and (from 19.0) signing token, Standard Webhooks 1.0.0, and the house's own form
 * `t=<unix>,v1=<hex>` over `t.body`. A time stamp may be five minutes away; GitHub's form and GitLab's token have none.
 */
export async function isSigned(kind: TriggerKind, secrets: readonly string[], signed: Signed): Promise<boolean> {
  const results = await Promise.all(secrets.map((secret) => verifiers[kind](secret, signed)))
  return results.includes(true)
}

const verifiers: Record<TriggerKind, (secret: string, signed: Signed) => Promise<boolean>> = {
  async github(secret, { header, body }) {
    const hex = /^sha256=([0-9a-f]{64})$/.exec(header('X-Hub-Signature-256') ?? '')?.[1]
    return hex !== undefined && (await matches(bytesOf(secret), fromHex(hex), [body]))
  },
  async gitlab(secret, signed) {
    if (isSigningToken(secret)) return await verifiers.standard(secret, signed)
    const token = signed.header('X-Gitlab-Token')
    if (token === undefined) return false
    // Two authentication codes by one key are compared, so that the time tells nothing of the token.
    const expected = await sign(bytesOf(secret), [bytesOf(secret)])
    return await matches(bytesOf(secret), expected, [bytesOf(token)])
  },
  async standard(secret, { header, body, now }) {
    const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')]
    const key = standardKey(secret)
    if (key === null || id === undefined || !/^[!-~]+$/.test(id) || !isRecent(timestamp, now)) return false
    const given = header('webhook-signature') ?? ''
    // Of a header that came twice both values are one, joined like this (Fetch, "get a header"): which of them was meant?
    if (given.includes(', ')) return false
    const signatures = given.split(' ').flatMap((one) => {
      const text = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one)?.[1]
      return text === undefined ? [] : [Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))]
    })
    const content = [bytesOf(`${id}.${timestamp}.`), body]
    const results = await Promise.all(signatures.slice(0, 10).map((one) => matches(key, one, content)))
    return results.includes(true)
  },
  async hmac(secret, { header, body, now }) {
    const [, timestamp, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header('X-Assayer-Signature') ?? '') ?? []
    if (hex === undefined || !isRecent(timestamp, now)) return false
    return await matches(bytesOf(secret), fromHex(hex), [bytesOf(`${timestamp}.`), body])
  },
}

/** The id that makes a delivery count once; null where the sender gave none that can be kept. */
export function deliveryIdOf(kind: TriggerKind, header: Header): string | null {
  const id = deliveryIds[kind](header)
  return id !== undefined && /^[!-~]{1,255}$/.test(id) ? id : null
}

const deliveryIds: Record<TriggerKind, (header: Header) => string | undefined> = {
  github: (header) => header('X-GitHub-Delivery'),
  // The first is the same at each try of GitLab, and the signed one where it signs; before 16 there was only the last.
  gitlab: (header) => header('webhook-id') ?? header('Idempotency-Key') ?? header('X-Gitlab-Event-UUID'),
  standard: (header) => header('webhook-id'),
  hmac: (header) => header('X-Assayer-Delivery'),
}

function isRecent(timestamp: string | undefined, now: Date): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const keyOf = (key: Bytes) => crypto.subtle.importKey('raw', key, algorithm, false, ['sign', 'verify'])

async function matches(key: Bytes, signature: Bytes, content: readonly Uint8Array[]): Promise<boolean> {
  return await crypto.subtle.verify('HMAC', await keyOf(key), signature, joined(content))
}

async function sign(key: Bytes, content: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(key), joined(content)))
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const fromHex = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
