/** Why a text is no target, by code; each sentence says what to do and repeats nothing of the input. */
export const targetRefusals = {
  empty: 'give a URL, a host, or host:port',
  'too-long': 'shorten it: at most 2048 characters, counted in canonical form too',
  'lone-surrogate': 'send well-formed Unicode: half of a surrogate pair stands alone',
  'control-character': 'remove the control or invisible characters',
  'white-space': 'remove the white space; in a path or query write it as %20',
  'leading-dash': 'remove the hyphen at the start',
  comma: 'give one target an entry; in a path or query write a comma as %2C',
  backslash: 'remove the backslash; in a path or query write it as %5C',
  userinfo: 'leave out user name, password and @; in a path or query write @ as %40',
  scheme: 'start with http:// or https://, or give host or host:port alone',
  path: 'put http:// or https:// before a host that has a path or query, or give the host alone',
  cidr: 'name each address by itself: networks are not expanded',
  asn: 'name each host by itself: autonomous systems are not expanded',
  'template-marker': 'leave out {{ and § (percent-encoded too): the scanner takes them for variables of a template',
  'zone-id': 'leave out the zone after the % sign',
  'ipv4-form': 'write one IPv4 address as four decimal numbers, 0 to 255, in ASCII digits without leading zeros',
  'ipv4-mapped': 'give the IPv4 address itself instead of the v4-mapped IPv6 address',
  'ipv6-form': 'write the IPv6 address in full form, in [brackets] where a port or scheme stands beside it',
  port: 'give a port from 1 to 65535 in plain digits',
  host: 'give a host name of letters, digits, hyphens and dots: labels of 1 to 63, 253 in all, no dot at the end',
} as const satisfies Record<string, string>

/** The closed list of reasons why a text is no target. */
export type TargetRefusal = keyof typeof targetRefusals
