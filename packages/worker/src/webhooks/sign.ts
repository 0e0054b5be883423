import { createHmac } from 'node:crypto'

/** The bytes of a `whsec_` secret. */
const secretBytes = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

/**
 * The `webhook-signature` header of a message: one signature a secret, the newest first. `timestamp` is in seconds.
 * Source: Standard Webhooks 1.0.0, signature scheme.
 */
export function signatureOf(
  secrets: readonly string[],
  message: { id: string; timestamp: number; body: string },
): string {
  const signed = `${message.id}.${message.timestamp}.${message.body}`
  return secrets
    .map((secret) => `v1,${createHmac('sha256', secretBytes(secret)).update(signed).digest('base64')}`)
    .join(' ')
}
