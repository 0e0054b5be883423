import { canonicalAddress } from '@assayer/schema'
import type { Clock } from './clock.ts'
import type { ResolveName } from './resolve.ts'

/** What one attempt's names resolved to the first time: it stays so, whatever DNS says later. */
export type Pins = {
  /** The pinned addresses, looked up when nobody did; [] when the name has none (asked again after a while). */
  lookup(name: string): Promise<readonly string[]>
  /** The same without a look-up. */
  known(name: string): readonly string[]
}

const MAX_NAMES = 2000
const MAX_ADDRESSES = 256
const ASK_AGAIN_MS = 5000

export function createPins(resolve: ResolveName, clock: Clock): Pins {
  const pinned = new Map<string, readonly string[]>()
  const pending = new Map<string, Promise<readonly string[]>>()
  const failedAt = new Map<string, number>()

  async function ask(name: string): Promise<readonly string[]> {
    try {
      const found = (await resolve(name)).map((address) => canonicalAddress(address))
      const addresses = [...new Set(found)].filter((address) => address !== null)
      // One that cannot be read could not be judged, so the whole name is shut.
      if (addresses.length === 0 || found.includes(null) || found.length > MAX_ADDRESSES)
        throw new Error('no usable list')
      pinned.set(name, addresses)
      return addresses
    } catch {
      failedAt.set(name, clock.monotonic())
      return []
    } finally {
      pending.delete(name)
    }
  }

  return {
    known: (name) => pinned.get(name) ?? [],
    async lookup(name) {
      const known = pinned.get(name)
      if (known) return known
      const running = pending.get(name)
      if (running) return await running
      const failed = failedAt.get(name)
      if (failed === undefined && pinned.size + pending.size + failedAt.size >= MAX_NAMES) return []
      if (failed !== undefined && clock.monotonic() - failed < ASK_AGAIN_MS) return []
      failedAt.delete(name)
      const asked = ask(name)
      pending.set(name, asked)
      return await asked
    },
  }
}
