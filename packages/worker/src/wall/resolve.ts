import { Resolver, lookup } from 'node:dns/promises'
import { within } from './deadline.ts'

/** All addresses of a name, IPv4 first. Rejects when it has none or nobody said so within five seconds. */
export type ResolveName = (name: string) => Promise<string[]>

const DEADLINE_MS = 5000
const NO_SUCH_RECORD = new Set(['ENODATA', 'ENOTFOUND'])

/** Asks the given resolvers (ip:port), or the system, hosts file included, when none is given. */
export function createResolve(resolvers: readonly string[]): ResolveName {
  const ask = resolvers.length === 0 ? askSystem : askServers(resolvers)
  return async (name) => {
    const addresses = await within(ask(name), DEADLINE_MS, null)
    if (addresses === null || addresses.length === 0) throw new Error('no address in time')
    return addresses
  }
}

async function askSystem(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true, order: 'ipv4first' })
  return found.map(({ address }) => address)
}

function askServers(resolvers: readonly string[]): ResolveName {
  const resolver = new Resolver({ timeout: 1500, tries: 2 })
  resolver.setServers(resolvers)
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    // A list without the IPv4 half would be pinned for the whole attempt.
    if (four.status === 'rejected' && !NO_SUCH_RECORD.has(codeOf(four.reason))) throw four.reason
    return [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
