import { readFile } from 'node:fs/promises'
import { createSlots } from './slots.ts'

const AT_ONCE = 2
const never = new AbortController().signal

/**
 * The system's own look-up, for what its name servers do not know: search domains, local names. Each holds one of libuv's four
 * threads until a name server answers, so that only two go at once, and one a name.
 */
export function createSystemLookup(
  system: { hostsFile: string; lookup(name: string): Promise<string[]> },
  longestWaitMs: number,
) {
  const places = createSlots(AT_ONCE)
  const underWay = new Map<string, Promise<string[]>>()

  const start = async (name: string): Promise<string[]> => {
    if (!(await places.take(longestWaitMs, never))) throw new Error('too many look-ups wait')
    return await system.lookup(name).finally(places.release)
  }
  return {
    async lookUp(name: string): Promise<string[]> {
      const asked = underWay.get(name) ?? start(name).finally(() => underWay.delete(name))
      underWay.set(name, asked)
      return await asked
    },
    /** Such a name is looked up without asking a name server. */
    async isInHostsFile(name: string): Promise<boolean> {
      const text = await readFile(system.hostsFile, 'utf8').catch(() => '')
      return text.split('\n').some((line) => {
        const [, ...names] = (line.split('#')[0] ?? '').trim().toLowerCase().split(/\s+/)
        return names.includes(name.toLowerCase())
      })
    },
  }
}
