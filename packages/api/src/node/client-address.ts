import { BlockList, isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

/** A network of trusted proxies: an address, or `address/bits`; null when the text is neither. */
export function readNetwork(text: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', length, more] = text.split('/')
  const family = isIP(address)
  const most = family === 4 ? 32 : 128
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Infinity
  if (family === 0 || bits > most || more !== undefined) return null
  return { address, bits, family: family === 4 ? 'ipv4' : 'ipv6' }
}

/**
 * Who sent a request: its peer, or behind trusted proxies the last address in `X-Forwarded-For` that is none of theirs. What stands
 * left of that one is the client's own word and is not read.
 */
export function createClientAddress(trusted: readonly string[]): (message: IncomingMessage) => string {
  const proxies = new BlockList()
  for (const text of trusted) {
    const network = readNetwork(text)
    if (network) proxies.addSubnet(network.address, network.bits, network.family)
  }
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '')
    if (trusted.length === 0) return address
    const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',')
    while (isIP(address) !== 0 && isProxy(address)) {
      const before = plain(forwarded.pop()?.trim() ?? '')
      if (isIP(before) === 0) break
      address = before
    }
    return address
  }
}

/** IPv4 as such where the socket speaks IPv6. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 45)
