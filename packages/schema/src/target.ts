import { bracketed, parseHost, parsePort, textFlaw } from './host.ts'
import { targetRefusals, type TargetRefusal } from './target-refusal.ts'

/**
 * What may be scanned, in the one form that is stored, compared and handed to Nuclei. `url` has a scheme, `endpoint` is
 * host:port, `host` a bare name or address. `host` is lower case, IPv6 without brackets in RFC 5952 form; `address` is
 * its IP family when it is a literal; `port` is explicit or implied by the scheme, null for a bare host.
 */
export type Target = {
  canonical: string
  kind: 'url' | 'endpoint' | 'host'
  scheme: 'http' | 'https' | null
  host: string
  address: 4 | 6 | null
  port: number | null
}

/** `message` says what to do and never repeats the input; `code` is a key of `targetRefusals`. */
export type TargetParsed = { ok: true; target: Target } | { ok: false; code: string; message: string }

/** Longest target in characters, before and after it is made canonical. */
export const targetMaxLength = 2048

const otherScheme = /^(?:https?|wss?|ftps?|file|data|javascript|mailto|ldaps?|gopher):\D/i
const network = /^[^/]+\/\d+(?::\d*)?$/
// Nuclei's own test is a prefix and strconv.Atoi, which takes a sign: as-123 would be looked up and expanded.
const autonomousSystem = /^as-?\d+$/

// Nuclei 3.11.1 reads {{x}} and §x§ in a target as variables, percent-encoded too: it asks another path or, silently, none.
const templateMarker = /(?:\{|%7b){2}|%c2%a7/i

/**
 * The only parser of targets: an http(s) URL, host, host:port, IPv4, [v6]:port, [v6] or v6. Canonical is: WHATWG
 * normal form, no default port, no lone "/", no fragment (it is dropped: no scanner sends it), IPv6 in brackets, names
 * in punycode. Parsing a canonical form gives the same target again.
 */
export function parseTarget(text: string): TargetParsed {
  const flaw = textFlaw(text, targetMaxLength)
  if (flaw !== null) return refuse(flaw)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)
  if (scheme === null) return parseBare(text)
  const [prefix, name = ''] = scheme
  return parseUrl(name.toLowerCase(), text.slice(prefix.length))
}

/** The key by which targets are cut into shards: a host never spans two of them. */
export function targetHostKey(target: Target): string {
  return target.host
}

function parseUrl(scheme: string, rest: string): TargetParsed {
  if (scheme !== 'http' && scheme !== 'https') return refuse('scheme')
  // WHATWG would skip further slashes and take the path for the host; here the authority ends at the first one.
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  if (/:.*:/.test(authority) && !authority.startsWith('[')) return refuse('ipv6-form')
  const place = parsePlace(authority)
  if (!place.ok) return refuse(place.code)
  const { host, address, port } = place
  const tail = rest.slice(authority.length)
  const url = new URL(`${scheme}://${bracketed(host)}${port === null ? '' : `:${port}`}${tail}`)
  const path = url.pathname === '/' && url.search === '' ? '' : url.pathname + url.search
  const canonical = `${scheme}://${url.host}${path}`
  if (canonical.length > targetMaxLength) return refuse('too-long')
  if (templateMarker.test(canonical)) return refuse('template-marker')
  const implied = scheme === 'https' ? 443 : 80
  return { ok: true, target: { canonical, kind: 'url', scheme, host, address, port: port ?? implied } }
}

function parseBare(text: string): TargetParsed {
  if (/^[./~]/.test(text)) return refuse('path')
  if (otherScheme.test(text)) return refuse('scheme')
  if (network.test(text)) return refuse('cidr')
  if (/[/?#]/.test(text)) return refuse('path')
  const place = parsePlace(text)
  if (!place.ok) return refuse(place.code)
  const { host, address, port } = place
  // Bare IPv6 keeps its brackets: without them Nuclei 3.11.1 runs no network template.
  const canonical = port === null ? bracketed(host) : `${bracketed(host)}:${port}`
  if (autonomousSystem.test(canonical)) return refuse('asn')
  return {
    ok: true,
    target: { canonical, kind: port === null ? 'host' : 'endpoint', scheme: null, host, address, port },
  }
}

type Place = { ok: true; host: string; address: 4 | 6 | null; port: number | null } | { ok: false; code: TargetRefusal }

function parsePlace(text: string): Place {
  const bareV6 = !text.startsWith('[') && /:.*:/.test(text)
  const parts = bareV6 ? [text, text] : /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(text)
  if (parts === null) return { ok: false, code: text.startsWith('[') ? 'ipv6-form' : 'host' }
  const parsed = parseHost(parts[1] ?? '')
  if (!parsed.ok) return parsed
  const portText = parts[2]
  const port = portText === undefined ? null : parsePort(portText)
  if (portText !== undefined && port === null) return { ok: false, code: 'port' }
  return { ok: true, host: parsed.host, address: parsed.address, port }
}

function refuse(code: TargetRefusal): TargetParsed {
  return { ok: false, code, message: targetRefusals[code] }
}
