const algorithm = 'AES-GCM'
const nonceBytes = 12
/** The first byte of what is sealed: the form below. */
const form = 1

/** Seals and opens secrets with the operator's key. */
export type Sealer = {
  /** `place` names the row and column that the secret is for: it opens nowhere else. */
  seal(text: string, place: string): Promise<Uint8Array>
  /** Rejects when it was sealed by another key, for another place, or was changed. */
  open(sealed: Uint8Array, place: string): Promise<string>
}

/** The 32 bytes that SECRETS_KEY names, in hex or base64 (with or without padding, either alphabet); null for any other text. */
export function readSecretsKey(text: string): Uint8Array<ArrayBuffer> | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  return bytes.length === 32 ? bytes : null
}

/** AES-256-GCM (NIST SP 800-38D) with a random nonce each time: form byte, nonce, ciphertext with tag. */
export async function createSealer(key: Uint8Array<ArrayBuffer>): Promise<Sealer> {
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['encrypt', 'decrypt'])
  const parameters = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
    name: algorithm,
    iv,
    additionalData: new TextEncoder().encode(place),
  })
  return {
    async seal(text, place) {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
      const sealed = await crypto.subtle.encrypt(parameters(nonce, place), imported, new TextEncoder().encode(text))
      return Uint8Array.of(form, ...nonce, ...new Uint8Array(sealed))
    },
    async open(sealed, place) {
      if (sealed[0] !== form) throw new Error('what was sealed has a form that is not known')
      const nonce = Uint8Array.from(sealed.subarray(1, 1 + nonceBytes))
      const text = Uint8Array.from(sealed.subarray(1 + nonceBytes))
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(nonce, place), imported, text))
    },
  }
}
