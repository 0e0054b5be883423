import { liesIn } from '../address.ts'
import { decideConnect } from '../scope.ts'
import type { OwnAddress, Scope, ScopeRefusal } from '../scope.ts'
import type { ScopePattern } from '../scope-pattern.ts'
import { parseHost } from '../host.ts'

/** Where events may be sent: any public address, and what WEBHOOK_ALLOW opens beside it. */
export type ReceiverScope = Scope & { allowed: readonly ScopePattern[] }

const anywhere: ScopePattern[] = [
  { kind: 'subdomains', host: '', port: null },
  { kind: 'network', address: '0.0.0.0', bits: 0, family: 4, port: null },
  { kind: 'network', address: '::', bits: 0, family: 6, port: null },
]

/** The operator's patterns over everything public; `own` is what the service itself stands on, and may grow. */
export const receiverScope = (allowed: readonly ScopePattern[], own: OwnAddress[]): ReceiverScope => ({
  allowed,
  own,
  rules: [
    ...anywhere.map((pattern) => ({ effect: 'allow', origin: 'workspace', pattern, expiresAt: null }) as const),
    ...allowed.map((pattern) => ({ effect: 'allow', origin: 'operator', pattern, expiresAt: null }) as const),
  ],
})

export type ReceiverUrl = { url: URL; host: string; port: number }
export type ReceiverParsed = { ok: true; receiver: ReceiverUrl } | { ok: false; message: string }

/**
 * Reads the URL of a receiver: https, or http where WEBHOOK_ALLOW names that host or address; without user, fragment or an
 * address that is no strict literal. Addresses that a name has are judged when a connection is made.
 */
export function parseReceiver(scope: ReceiverScope, text: string): ReceiverParsed {
  if (text.length > 2000) return refuse('must have 2,000 characters at most')
  if (/[^\x21-\x7e]/.test(text) || text.includes('\\')) return refuse('must be plain ASCII without white space')
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse('must be a URL like https://example.com/hook')
  if (/@/.test(text.split(/[/?#]/, 3)[2] ?? '')) return refuse('must not carry a user or a password')
  if (text.includes('#')) return refuse('must not have a fragment')
  const written = /^https?:\/\/(\[[^\]]*\]|[^/?:]*)/i.exec(text)?.[1] ?? ''
  const parsed = parseHost(written)
  if (!parsed.ok) return refuse('must name its host by a name or by an address in its usual form')
  if (url.port === '0') return refuse('must not name port 0')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const { host } = parsed
  if (url.protocol === 'http:' && !scope.allowed.some((pattern) => names(pattern, host, port)))
    return refuse('must be https: only the operator opens plain http, by WEBHOOK_ALLOW')
  if (parsed.address !== null || host === 'localhost') {
    const address = host === 'localhost' ? '127.0.0.1' : host
    const refused = judgeReceiver(scope, { name: null, address, port })
    if (refused !== null) return refuse('must not be a private address: only the operator opens one, by WEBHOOK_ALLOW')
  }
  return { ok: true, receiver: { url, host, port } }
}

/** Why a connection to a receiver's address is refused, null when it may be made. */
export function judgeReceiver(
  scope: ReceiverScope,
  to: { name: string | null; address: string; port: number },
): ScopeRefusal | null {
  const decision = decideConnect(scope, to, new Date())
  return decision.allowed ? null : decision.code
}

function names(pattern: ScopePattern, host: string, port: number): boolean {
  if (pattern.port !== null && pattern.port !== port) return false
  if (pattern.kind !== 'network') {
    if (pattern.kind === 'host') return pattern.host === host
    return pattern.host === '' || host.endsWith(`.${pattern.host}`)
  }
  const parsed = parseHost(host === 'localhost' ? '127.0.0.1' : host)
  return parsed.ok && parsed.address !== null && liesIn(parsed.host)(pattern.address, pattern.bits)
}

const refuse = (message: string): ReceiverParsed => ({ ok: false, message })
