const headers = /^((?:proxy-)?authorization|cookie|set-cookie|x-api-key|x-auth-token)\s*:.*$/gim
const privateKeys = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g
const shapes = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,255}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g,
  /\bsk_(?:live|test)_[A-Za-z0-9]{16,}\b/g,
  /\bAIza[0-9A-Za-z_-]{35}\b/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\b/g,
  /\basy_[0-9a-z]{26}_[0-9a-z]{58}\b/g,
]

/** Removes secrets of known shape before a text is stored: credentials in headers, private keys, tokens. */
export function redact(text: string): string {
  let clean = text
    .replace(headers, (_, name: string) => `${name}: [redacted]`)
    .replace(privateKeys, (_, kind: string) => `-----BEGIN ${kind}----- [redacted]`)
  for (const shape of shapes) clean = clean.replace(shape, '[redacted]')
  return clean
}

/** The same for a command line: a header argument is redacted to its end. */
export const redactCommand = (command: string): string =>
  redact(command).replace(
    /(-H\s+['"](?:(?:proxy-)?authorization|cookie|x-api-key|x-auth-token):)[^'"]*/gi,
    '$1 [redacted]',
  )
