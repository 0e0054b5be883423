import { getPublicSuffix } from 'tldts'
import { classifyAddress, networkEnds } from './address.ts'
import { bracketed, parseHost, parsePort, textFlaw } from './host.ts'
import { targetRefusals, type TargetRefusal } from './target-refusal.ts'

/**
 * What a rule speaks of. `subdomains` means any depth below `host` but not `host` itself, and with an empty host every
 * name (`*`); `network` has a canonical base address. `port` null means any port.
 */
export type ScopePattern =
  | { kind: 'host' | 'subdomains'; host: string; port: number | null }
  | { kind: 'network'; address: string; bits: number; family: 4 | 6; port: number | null }

/** `message` says what to do and never repeats the input. */
export type ScopePatternParsed = { ok: true; pattern: ScopePattern } | { ok: false; message: string }

const shape = /^(\[[^\]]*\]|[^[\]/:]*)(?:\/([^:]*))?(?::(.*))?$/s
const form = 'write a pattern as host, *.host, v4/len or [v6]/len, each with :port or without'

/**
 * Reads host, `*.host`, `*` (every name, the operator's only), v4/len and [v6]/len, each with :port or without. A bare
 * address means that one address; `localhost` is 127.0.0.1/32.
 */
export function parseScopePattern(text: string): ScopePatternParsed {
  const flaw = textFlaw(text, 300)
  if (flaw === 'empty' || flaw === 'too-long') return refuse(form)
  if (flaw !== null) return refuseBy(flaw)
  const parts = shape.exec(text)
  if (parts === null) return refuse(form)
  const [, place = '', length, portText] = parts
  const port = portText === undefined ? null : parsePort(portText)
  if (portText !== undefined && port === null) return refuseBy('port')
  if (place.startsWith('*')) return length === undefined ? subdomains(place, port) : refuse(form)
  const parsed = parseHost(place)
  if (!parsed.ok) return refuseBy(parsed.code)
  if (parsed.address !== null) return network(parsed.host, parsed.address, length, port)
  if (length !== undefined) return refuse(form)
  if (parsed.host === 'localhost') return network('127.0.0.1', 4, length, port)
  return { ok: true, pattern: { kind: 'host', host: parsed.host, port } }
}

/** The one text of a pattern; networks always with their length. `parseScopePattern` reads it back. */
export function formatScopePattern(pattern: ScopePattern): string {
  const port = pattern.port === null ? '' : `:${pattern.port}`
  if (pattern.kind === 'network') return `${bracketed(pattern.address)}/${pattern.bits}${port}`
  if (pattern.kind === 'host') return pattern.host + port
  return (pattern.host === '' ? '*' : `*.${pattern.host}`) + port
}

/**
 * Whether an allow rule made by /v1/scope-rules may have this pattern: not every name, not all names below a public
 * suffix, no network wider than /16 or v6 /32, none that begins or ends in private or metadata addresses (those in
 * the middle of a public network stay shut, as only operator rules open them).
 */
export function routeMayHold(pattern: ScopePattern): { ok: true } | { ok: false; message: string } {
  if (pattern.kind === 'network') {
    const widest = pattern.family === 4 ? 16 : 32
    if (pattern.bits < widest)
      return refuse(`name a smaller network: /${widest} is the widest for IPv${pattern.family}`)
    const { first, last } = networkEnds(pattern.address, pattern.bits)
    return classifyAddress(first) === 'public' && classifyAddress(last) === 'public'
      ? { ok: true }
      : refuse(`only the operator opens private addresses: SCOPE_ALLOW=${formatScopePattern(pattern)}`)
  }
  if (pattern.kind === 'host') return { ok: true }
  if (pattern.host === '') return refuse('name the domains: only SCOPE_ALLOW may hold a rule for every name')
  return isPublicSuffix(pattern.host)
    ? refuse('name a registered domain: everything below a public suffix is too wide')
    : { ok: true }
}

function subdomains(place: string, port: number | null): ScopePatternParsed {
  if (place === '*') return { ok: true, pattern: { kind: 'subdomains', host: '', port } }
  const parsed = place.startsWith('*.') ? parseHost(place.slice(2)) : null
  if (!parsed?.ok || parsed.address !== null) return refuse(form)
  return { ok: true, pattern: { kind: 'subdomains', host: parsed.host, port } }
}

function network(address: string, family: 4 | 6, length: string | undefined, port: number | null): ScopePatternParsed {
  const most = family === 4 ? 32 : 128
  const bits = length === undefined ? most : /^(?:0|[1-9]\d{0,2})$/.test(length) ? Number(length) : Infinity
  if (bits > most) return refuse(`give a length from 0 to ${most} after the slash`)
  const { first } = networkEnds(address, bits)
  if (first !== address) return refuse('set the bits of the address below its length to zero')
  return { ok: true, pattern: { kind: 'network', address, bits, family, port } }
}

function isPublicSuffix(host: string): boolean {
  return getPublicSuffix(host, { allowPrivateDomains: true, extractHostname: false, detectIp: false }) === host
}

function refuseBy(code: TargetRefusal): { ok: false; message: string } {
  return refuse(targetRefusals[code])
}

function refuse(message: string): { ok: false; message: string } {
  return { ok: false, message }
}
