import { canonicalAddress } from '@assayer/schema'

export type Host = { kind: 'name'; name: string } | { kind: 'literal'; address: string }

const NAME = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/
/** `127.1`, `2130706433`, `0x7f.1`: the system would read these as addresses. */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/

/**
 * The one spelling in which the wall compares hosts: names in lower case without the last dot, addresses canonical,
 * `localhost` as 127.0.0.1. Null for what is neither. Wider than the parser of targets by the underscore, which names
 * behind a redirect may have.
 */
export function parseHost(text: string): Host | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  const address = canonicalAddress(bare)
  if (address !== null) return { kind: 'literal', address }
  const name = bare.toLowerCase().replace(/\.$/, '')
  if (name === 'localhost') return { kind: 'literal', address: '127.0.0.1' }
  return NAME.test(name) && !ENDS_IN_NUMBER.test(name) ? { kind: 'name', name } : null
}

/** The text of a host in that spelling; what is no host stays as it is. */
export function hostText(text: string): string {
  const host = parseHost(text)
  if (host === null) return text
  return host.kind === 'name' ? host.name : host.address
}
