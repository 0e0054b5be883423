/** A new secret of Standard Webhooks 1.0.0: `whsec_` and 32 random bytes in base64. */
export const makeWebhookSecret = (): string =>
  `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`

/** What a secret of an endpoint is sealed for, so that it opens nowhere else. */
export const endpointPlace = (endpointId: string, what: 'secret' | 'headers'): string =>
  `webhook-endpoint ${endpointId} ${what}`
