import { createHmac } from 'node:crypto'

type Body = string | Uint8Array
const hmac = (key: string | Uint8Array, ...parts: Body[]) => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac
}

/** The headers that a sender of each kind signs with, made by other code than that which verifies. */
export const signers = {
  github: (secret: string, body: Body, id: string, _at: number) => ({
    'X-Hub-Signature-256': `sha256=${hmac(secret, body).digest('hex')}`,
    'X-GitHub-Delivery': id,
    'X-GitHub-Event': 'deployment_status',
  }),
  gitlab: (secret: string, _body: Body, id: string, _at: number) => ({
    'X-Gitlab-Token': secret,
    'X-Gitlab-Event-UUID': id,
  }),
  standard: (secret: string, body: Body, id: string, at: number) => ({
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${hmac(Buffer.from(secret.replace('whsec_', ''), 'base64'), `${id}.${at}.`, body).digest('base64')}`,
  }),
  hmac: (secret: string, body: Body, id: string, at: number) => ({
    'X-Assayer-Signature': `t=${at},v1=${hmac(secret, `${at}.`, body).digest('hex')}`,
    'X-Assayer-Delivery': id,
  }),
} satisfies Record<string, (secret: string, body: Body, id: string, at: number) => Record<string, string>>
export type SignedKind = keyof typeof signers
