import { lookup } from 'node:dns/promises'
import type { OwnAddress } from '@assayer/schema'

/** The addresses of the service's own databases, which no scan may reach unless the operator names them. */
export async function ownAddresses(urls: string[]): Promise<OwnAddress[]> {
  const found = await Promise.all(
    urls.filter(Boolean).map(async (text) => {
      const url = new URL(text)
      const port = Number(url.port || (url.protocol.startsWith('redis') ? 6379 : 5432))
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const addresses = await lookup(host, { all: true }).catch(() => [])
      return addresses.map(({ address }) => ({ address, port }))
    }),
  )
  return found.flat()
}
