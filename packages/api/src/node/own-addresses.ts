import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OwnAddress } from '@assayer/schema'

/** Where the API itself listens: every address of the machine when it listens on all of them. */
export function listeningAddresses(host: string, port: number): OwnAddress[] {
  const plain = host.replace(/^\[|\]$/g, '')
  if (plain !== '0.0.0.0' && plain !== '::') return [{ address: plain === 'localhost' ? '127.0.0.1' : plain, port }]
  const every = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return ['127.0.0.1', ...every.map(({ address }) => address.replace(/%.*/, ''))].map((address) => ({ address, port }))
}

/**
 * Adds to `own` the addresses of what these URLs name, each as soon as its name is known; looks again every five seconds
 * for one that is not. The service does not wait for it: at connect the worker's wall judges with its own list.
 */
export async function addServiceAddresses(own: OwnAddress[], urls: readonly string[], signal: AbortSignal) {
  await Promise.all(
    urls.filter(Boolean).map(async (text) => {
      const url = new URL(text)
      const port = Number(url.port || (url.protocol.startsWith('redis') ? 6379 : 5432))
      const host = url.hostname.replace(/^\[|\]$/g, '')
      while (!signal.aborted) {
        const found = await lookup(host, { all: true }).catch(() => [])
        own.push(...found.map(({ address }) => ({ address, port })))
        if (found.length > 0) return
        await sleep(5000, undefined, { ref: false, signal }).catch(() => {})
      }
    }),
  )
}
