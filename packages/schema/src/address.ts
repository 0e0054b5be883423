import ipaddr from 'ipaddr.js'

/** `public`: reachable for anyone. `metadata`: hands out a cloud machine's credentials. `private`: everything else. */
export type AddressClass = 'public' | 'private' | 'metadata'

type Parsed = ipaddr.IPv4 | ipaddr.IPv6

const dottedQuad = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

// AWS (also its container and pod agents), GCP, Azure, Oracle, Alibaba. Azure's lies in a public range.
const metadataAddresses = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  '168.63.129.16',
  '192.0.0.192',
  '100.100.100.200',
])

// Each carries an IPv4 address in the two 16-bit parts from `at` on.
const carriers = [
  { prefix: '::', bits: 96, at: 6 },
  { prefix: '::ffff:0:0:0', bits: 96, at: 6 },
  { prefix: '64:ff9b::', bits: 96, at: 6 },
  { prefix: '64:ff9b:1::', bits: 48, at: 6 },
  { prefix: '2002::', bits: 16, at: 1 },
].map(({ prefix, bits, at }) => ({ network: ipaddr.IPv6.parse(prefix), bits, at }))

const mapped = ipaddr.IPv6.parse('::ffff:0:0')
const globalUnicast = ipaddr.IPv6.parse('2000::')

/** The IP family of a strict literal without brackets, null for anything else. */
export function addressFamily(ip: string): 4 | 6 | null {
  if (dottedQuad.test(ip)) return 4
  return canonicalV6(ip) === null ? null : 6
}

/**
 * The one text of an address: dotted quad or RFC 5952; a v4-mapped IPv6 address becomes the IPv4 address it means.
 * Null for whatever is no strict literal (short, octal or hex IPv4, brackets, zone ids, names).
 */
export function canonicalAddress(ip: string): string | null {
  if (dottedQuad.test(ip)) return ip
  const v6 = canonicalV6(ip)
  return v6 === null ? null : (mappedV4(v6) ?? v6)
}

/** RFC 5952 text of a strict IPv6 literal, v4-mapped ones left as they are; null when it is none. */
export function canonicalV6(ip: string): string | null {
  if (!/^[0-9a-f:.]{2,45}$/i.test(ip) || !ip.includes(':')) return null
  // Not ipaddr.js: it reads ::1.2.3.4 as ::ffff:1.2.3.4.
  const url = `http://[${ip}]/`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null
}

/** True for an IPv6 address of ::ffff:0:0/96, which is another spelling of an IPv4 address. */
export function isMappedV4(ip: string): boolean {
  const v6 = canonicalV6(ip)
  return v6 !== null && mappedV4(v6) !== null
}

/**
 * Who can be reached there. Deny by default: whatever the IANA special-purpose registries (RFC 6890, as in ipaddr.js)
 * do not call globally reachable unicast is `private`, and so is a text that is no address.
 */
export function classifyAddress(ip: string): AddressClass {
  const address = canonicalAddress(ip)
  if (address === null) return 'private'
  if (metadataAddresses.has(address) || metadataAddresses.has(carriedAddress(address))) return 'metadata'
  const parsed = parse(address)
  if (parsed.range() !== 'unicast') return 'private'
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast, 3) ? 'public' : 'private'
}

/** The IPv4 address that travels inside a 6to4, NAT64 or v4-compatible one; any other canonical address itself. */
export function carriedAddress(address: string): string {
  const parsed = parse(address)
  if (!('parts' in parsed)) return address
  const carrier = carriers.find(({ network, bits }) => parsed.match(network, bits))
  return carrier ? quadOf(parsed, carrier.at) : address
}

/** A test for one canonical address: does it lie in the network of canonical base `network` and length `bits`? */
export function liesIn(address: string): (network: string, bits: number) => boolean {
  const parsed = parse(address)
  const isV6 = address.includes(':')
  return (network, bits) => {
    if (network === address) return true
    if (network.includes(':') !== isV6 || bits === (isV6 ? 128 : 32)) return false
    return parsed.match(parse(network), bits)
  }
}

/** First and last address of a network given by any canonical address in it. */
export function networkEnds(address: string, bits: number): { first: string; last: string } {
  const cidr = `${address}/${bits}`
  const family = address.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4
  return {
    first: text(family.networkAddressFromCIDR(cidr)),
    last: text(family.broadcastAddressFromCIDR(cidr)),
  }
}

// ipaddr.js reads 127.1 and 0x7f.1 too, so only canonical text gets here.
function parse(address: string): Parsed {
  return address.includes(':') ? ipaddr.IPv6.parse(address) : ipaddr.IPv4.parse(address)
}

function text(parsed: Parsed): string {
  return 'parts' in parsed ? parsed.toRFC5952String() : parsed.toString()
}

function mappedV4(v6: string): string | null {
  const parsed = ipaddr.IPv6.parse(v6)
  return parsed.match(mapped, 96) ? quadOf(parsed, 6) : null
}

function quadOf(v6: ipaddr.IPv6, at: number): string {
  return v6
    .toByteArray()
    .slice(at * 2, at * 2 + 4)
    .join('.')
}
