import { addressFamily, canonicalV6, isMappedV4 } from './address.ts'
import type { TargetRefusal } from './target-refusal.ts'

/** A canonical host: a lower-case ASCII name, a dotted quad, or RFC 5952 text without brackets. */
export type HostParsed = { ok: true; host: string; address: 4 | 6 | null } | { ok: false; code: TargetRefusal }

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i

/** What no address of any kind may hold, checked before anything is parsed; null when the text is clean. */
export function textFlaw(text: string, maxLength: number): TargetRefusal | null {
  if (text === '') return 'empty'
  if (text.length > maxLength) return 'too-long'
  if (!text.isWellFormed()) return 'lone-surrogate'
  if (/[\p{Cc}\p{Cf}]/u.test(text)) return 'control-character'
  if (/\s/.test(text)) return 'white-space'
  if (text.startsWith('-')) return 'leading-dash'
  if (text.includes(',')) return 'comma'
  if (text.includes('\\')) return 'backslash'
  return text.includes('@') ? 'userinfo' : null
}

/**
 * Judges the raw text of a host, with or without brackets around IPv6. Names become punycode (IDNA as in WHATWG URL)
 * and must then be strict letter-digit-hyphen labels. The raw text counts, not what URL makes of it: URL would take
 * 0x7f.1, 2130706433 or full-width digits for an IPv4 address.
 */
export function parseHost(raw: string): HostParsed {
  const inner = /^\[([^[\]]*)\]$/.exec(raw)?.[1]
  if (inner !== undefined || raw.includes(':')) return parseV6(inner ?? raw)
  if (/[^a-z0-9.\u0080-\u{10FFFF}-]/iu.test(raw)) return refuse('host')
  if (addressFamily(raw) === 4) return { ok: true, host: raw, address: 4 }
  if (endsInNumber.test(raw)) return refuse('ipv4-form')
  const url = `http://${raw}/`
  if (!URL.canParse(url)) return refuse('host')
  const name = new URL(url).hostname
  const labels = name.split('.')
  // What ends in a label without a letter is an address in disguise, or a range such as 10.0.0.1-9.
  if (!/[a-z]/.test(labels.at(-1) ?? '')) return refuse(name.endsWith('.') ? 'host' : 'ipv4-form')
  if (name.length > 253 || !labels.every((part) => label.test(part))) return refuse('host')
  return { ok: true, host: name, address: null }
}

/** A port in plain digits without leading zero, 1 to 65535; null for any other text. */
export function parsePort(text: string): number | null {
  if (!/^[1-9]\d{0,4}$/.test(text)) return null
  const port = Number(text)
  return port <= 65535 ? port : null
}

/** The host as it stands in a URL or before a port: IPv6 in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function parseV6(text: string): HostParsed {
  if (text.includes('%')) return refuse('zone-id')
  const host = canonicalV6(text)
  if (host === null) return refuse('ipv6-form')
  return isMappedV4(host) ? refuse('ipv4-mapped') : { ok: true, host, address: 6 }
}

function refuse(code: TargetRefusal): HostParsed {
  return { ok: false, code }
}
