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
  /\basy_[0-9a-z]{26}_[0-9a-z]{58}\b/g,
]
// A JWT is looked for inside such a chain: one expression for it takes the square of the length of "eyJa-eyJa-eyJa-...".
const dottedWords = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g

/** Removes secrets of known shape before a text is stored: credentials in headers, private keys, tokens. */
export function redact(text: string): string {
  let clean = text
    .replace(headers, (_, name: string) => `${name}: [redacted]`)
    .replace(privateKeys, (_, kind: string) => `-----BEGIN ${kind}----- [redacted]`)
    .replace(dottedWords, withoutWebTokens)
  for (const shape of shapes) clean = clean.replace(shape, '[redacted]')
  return clean
}

function withoutWebTokens(chain: string): string {
  const words = chain.split('.')
  const kept: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const begin = word.search(/\beyJ[\w-]{8,}$/)
    const isToken = begin !== -1 && /^eyJ[\w-]{8}/.test(words[at + 1] ?? '') && /^[\w-]{8}/.test(words[at + 2] ?? '')
    kept.push(isToken ? `${word.slice(0, begin)}[redacted]` : word)
    if (isToken) at += 2
  }
  return kept.join('.')
}

// Nuclei writes '...' with '\'' for a quote inside, as bash reads it.
const singleQuoted = /(-H\s+')((?:proxy-)?authorization|cookie|x-api-key|x-auth-token):(?:[^']|'\\'')*/gi
const doubleQuoted = /(-H\s+")((?:proxy-)?authorization|cookie|x-api-key|x-auth-token):(?:[^"\\]|\\.)*/gi

/** The same for a command line: a header argument is redacted to its end. */
export const redactCommand = (command: string): string =>
  redact(command.replace(singleQuoted, '$1$2: [redacted]').replace(doubleQuoted, '$1$2: [redacted]'))
