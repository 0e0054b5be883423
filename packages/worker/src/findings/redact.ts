import { headerName, keyShapes } from './secret-shapes.ts'

// To the end of the line, with the lines it is folded into (RFC 9112, 5.2); a line ends at CR or LF and nothing else.
const headers = new RegExp(`^([ \\t>"']*${headerName})[ \\t]*:[^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*`, 'gim')
// {"Authorization": "..."}, as programs print the headers they saw.
const quotedHeaders = new RegExp(`(["']${headerName}["']\\s{0,4}[:=]\\s{0,4})"(?:[^"\\\\]|\\\\[^])*"?`, 'gi')
// Nuclei masks what follows five of these names with ***, up to a quote or the end of the line. It may so take the name of the next
// header, where a value is empty, or the first line of a private key (docs/nuclei.md).
const maskedNextLine = new RegExp(`(${headerName}[ \\t]*[:=][ \\t]*\\r?\\n\\s*["']?)\\*{3}[^\\r\\n]*`, 'gi')
const keysWithoutBegin =
  /((?:\*{3}|\[redacted\])["']?\r?\n)(?:(?!-----)[^*[])*-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const privateKeys = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?)-----[^]*?(?:-----END \1-----|$)/g
// A JWT is looked for inside such a chain: one expression for it takes the square of the length of "eyJa-eyJa-eyJa-...".
const dottedWords = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g

/**
 * Removes secrets of known shape before a text is stored: credentials in headers (any case, folded, as JSON), private keys,
 * tokens. Never throws, and takes time linear in the text.
 */
export function redact(text: string): string {
  let clean = text
    .replace(maskedNextLine, '$1[redacted]')
    .replace(quotedHeaders, '$1"[redacted]"')
    .replace(headers, '$1: [redacted]')
    .replace(privateKeys, (_, kind: string) => `-----BEGIN ${kind}----- [redacted]`)
    .replace(keysWithoutBegin, '$1[redacted]')
    .replace(dottedWords, withoutWebTokens)
  for (const shape of keyShapes) clean = clean.replace(shape, '[redacted]')
  return clean
}

function withoutWebTokens(chain: string): string {
  const words = chain.split('.')
  const kept: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const begin = word.search(/(?<![A-Za-z0-9])eyJ[\w-]{8,}$/)
    const isToken = begin !== -1 && /^eyJ[\w-]{8}/.test(words[at + 1] ?? '') && /^[\w-]{8}/.test(words[at + 2] ?? '')
    kept.push(isToken ? `${word.slice(0, begin)}[redacted]` : word)
    if (isToken) at += 2
  }
  return kept.join('.')
}

// Nuclei writes '...' with '\'' for a quote inside, as bash reads it; its mask of an empty header takes the next -H.
const singleQuoted = new RegExp(`((?:-H\\s+|\\*{3})')(${headerName})[ \\t]*:(?:[^']|'\\\\'')*`, 'gi')
const doubleQuoted = new RegExp(`(-H\\s+")(${headerName})[ \\t]*:(?:[^"\\\\]|\\\\.)*`, 'gi')

/** The same for a command line: a header argument is redacted to its end. */
export const redactCommand = (command: string): string =>
  redact(command.replace(singleQuoted, '$1$2: [redacted]').replace(doubleQuoted, '$1$2: [redacted]'))

const isHeaderName = new RegExp(`^${headerName}$`, 'i')

/** The same for all texts in a value that was read from JSON, keys included; what stands under the name of a header goes whole. */
export function redactAll<Value>(value: Value): Value {
  if (typeof value === 'string') return redact(value) as Value
  if (Array.isArray(value)) return value.map((one: unknown) => redactAll(one)) as Value
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [
    redact(key),
    isHeaderName.test(key) ? '[redacted]' : redactAll(inner),
  ])
  return Object.fromEntries(entries) as Value
}
