import { Resolver, lookup } from 'node:dns/promises'
import type { ResolveName } from '../deps.ts'

const noSuchRecord = new Set(['ENODATA', 'ENOTFOUND'])
const systemLookupsAtOnce = 2

/**
 * Asks the given resolvers (ip:port), or the system's: these by DNS first and, where that knows nothing, as programs of this
 * machine do, which reads the hosts file too. Of the latter only two at once: each holds one of the process's four threads,
 * and digests need them too.
 */
export function createResolveName(resolvers: readonly string[]): ResolveName {
  let systemLookups = 0
  const askSystem = async (name: string): Promise<string[] | 'unresolvable'> => {
    if (systemLookups >= systemLookupsAtOnce) throw new Error('too many system look-ups at once')
    systemLookups++
    try {
      return (await lookup(name, { all: true })).map(({ address }) => address)
    } catch (error) {
      if (codeOf(error) === 'ENOTFOUND') return 'unresolvable'
      throw error
    } finally {
      systemLookups--
    }
  }
  return async (name, signal) => {
    const answer = await askServers(resolvers, name, signal)
    return answer === 'unresolvable' && resolvers.length === 0 ? await askSystem(name) : answer
  }
}

async function askServers(resolvers: readonly string[], name: string, signal: AbortSignal) {
  const resolver = new Resolver({ timeout: 1000, tries: 2 })
  if (resolvers.length > 0) resolver.setServers(resolvers)
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length > 0) return addresses
    for (const answer of answers)
      if (answer.status === 'rejected' && !noSuchRecord.has(codeOf(answer.reason))) throw answer.reason
    return 'unresolvable' as const
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
