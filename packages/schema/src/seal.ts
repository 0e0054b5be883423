const algorithm = 'AES-GCM'
const nonceBytes = 12
/** The first byte of what is sealed: the form below. */
const form = 1

/** What is stored for `place` does not open: it was sealed by another SECRETS_KEY or for another place, or changed. */
export class NotOpened extends Error {
  constructor(place: string, options?: ErrorOptions) {
    super(`what was sealed for ${place} does not open: SECRETS_KEY is not the one that sealed it`, options)
  }
}

/** Seals and opens secrets with the operator's key. */
export type Sealer = {
  /** `place` names the row and column that the secret is for: it opens nowhere else. */
  seal(text: string, place: string): Promise<Uint8Array>
  /** Rejects with NotOpened when it was sealed by another key, for another place, or was changed. */
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
      if (sealed[0] !== form) throw new NotOpened(place)
      const nonce = Uint8Array.from(sealed.subarray(1, 1 + nonceBytes))
      const text = Uint8Array.from(sealed.subarray(1 + nonceBytes))
      const opened = await crypto.subtle.decrypt(parameters(nonce, place), imported, text).catch((cause: unknown) => {
        throw new NotOpened(place, { cause })
      })
      return new TextDecoder().decode(opened)
    },
  }
}

/** A secret and, until its overlap ends, the one before. */
type Rotated = { secretSealed: Uint8Array; previousSecretSealed: Uint8Array | null }

/**
 * The secrets that count, the newest first. One before that does not open is left out: a rotation is how a secret is renewed after
 * SECRETS_KEY was lost. Rejects with NotOpened where the newest does not open.
 */
export async function openSecrets(
  sealer: Sealer,
  { secretSealed, previousSecretSealed }: Rotated,
  place: string,
): Promise<string[]> {
  const newest = await sealer.open(secretSealed, place)
  if (previousSecretSealed === null) return [newest]
  try {
    return [newest, await sealer.open(previousSecretSealed, place)]
  } catch (error) {
    if (error instanceof NotOpened) return [newest]
    throw error
  }
}
