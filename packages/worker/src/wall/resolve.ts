import { Resolver, lookup } from 'node:dns/promises'
import { within } from './deadline.ts'
import { createSystemLookup } from './system-lookup.ts'

/** All addresses of a name, IPv4 first. Rejects when it has none or nobody said so within five seconds. */
export type ResolveName = (name: string) => Promise<string[]>

const DEADLINE_MS = 5000
const NO_SUCH_RECORD = new Set(['ENODATA', 'ENOTFOUND'])
const HOSTS_FILE = '/etc/hosts'

/** Where the system's answers come from; others in tests alone. */
type SystemNames = { servers?: readonly string[]; hostsFile: string; lookup(name: string): Promise<string[]> }

const ownSystem: SystemNames = {
  hostsFile: HOSTS_FILE,
  lookup: async (name) => (await lookup(name, { all: true, order: 'ipv4first' })).map(({ address }) => address),
}

/**
 * Asks the given resolvers (ip:port), or the system when none is given: its hosts file, then its name servers, and what these do not
 * know as its other programs do. A name whose server is silent keeps no other waiting.
 */
export function createResolve(resolvers: readonly string[], system: SystemNames = ownSystem): ResolveName {
  const ask = resolvers.length === 0 ? askSystem(system) : askServers(resolvers)
  return async (name) => {
    const addresses = await within(ask(name), DEADLINE_MS, null)
    if (addresses === null || addresses.length === 0) throw new Error('no address in time')
    return addresses
  }
}

function askSystem(system: SystemNames): ResolveName {
  const { isInHostsFile, lookUp } = createSystemLookup(system, DEADLINE_MS)
  const fromServers = askServers(system.servers)
  return async (name) => {
    if (await isInHostsFile(name)) return await system.lookup(name)
    const addresses = await fromServers(name)
    return addresses.length > 0 ? addresses : await lookUp(name)
  }
}

function askServers(resolvers?: readonly string[]): ResolveName {
  const resolver = new Resolver({ timeout: 1500, tries: 2 })
  if (resolvers !== undefined) resolver.setServers(resolvers)
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
