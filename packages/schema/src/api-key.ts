const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const form = /^asy_([0-7][0-9a-hjkmnp-tv-z]{25})_([0-9a-hjkmnp-tv-z]{52})([0-9a-hjkmnp-tv-z]{6})$/

/** `digits` characters of base32 as in TypeID (lower case, most significant first) for the number that `bytes` spell. */
function base32(bytes: Uint8Array, digits: number): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let text = ''
  for (let n = 0; n < digits; n++) {
    text = alphabet.charAt(Number(value & 31n)) + text
    value >>= 5n
  }
  return text
}

/** SHA-256 of a text in UTF-8. */
export type Sha256 = (text: string) => Uint8Array | Promise<Uint8Array>

/** By Web Crypto, which every runtime has, and which in Node sends each text to another thread and waits for it. */
export const webSha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** The first 30 bits of SHA-256 over all before it. Each request asks for it. */
async function checksum(text: string, sha256: Sha256): Promise<string> {
  const [a = 0, b = 0, c = 0, d = 0] = await sha256(text)
  const bits = ((a << 24) | (b << 16) | (c << 8) | d) >>> 2
  let sum = ''
  for (let shift = 25; shift >= 0; shift -= 5) sum += alphabet.charAt((bits >>> shift) & 31)
  return sum
}

/** A new API key for the `key_` id with this suffix: 256 random bits, to be shown once. */
export async function makeApiKey(suffix: string): Promise<string> {
  const secret = base32(crypto.getRandomValues(new Uint8Array(32)), 52)
  const text = `asy_${suffix}_${secret}`
  return text + (await checksum(text, webSha256))
}

export type PresentedKey = { idText: string; secretHash: Uint8Array }

/** The id and the hash of the secret in a key as presented, or null when it has not the form or its checksum is wrong. */
export async function readApiKey(text: string, sha256: Sha256 = webSha256): Promise<PresentedKey | null> {
  const [, suffix, secret, sum] = form.exec(text) ?? []
  if (suffix === undefined || secret === undefined) return null
  if ((await checksum(text.slice(0, -6), sha256)) !== sum) return null
  return { idText: `key_${suffix}`, secretHash: await sha256(secret) }
}
