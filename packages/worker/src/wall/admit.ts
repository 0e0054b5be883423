import type { decideConnect, Scope } from '@assayer/schema'
import type { Host } from './host.ts'
import type { Pins } from './pins.ts'

export type Decide = typeof decideConnect

/** `addresses` are all that may be dialled. */
type Admission = { kind: 'allowed'; addresses: readonly string[] } | { kind: 'refused' } | { kind: 'unresolvable' }

/** What an attempt may reach: its scope, its pins, and the names among its targets. */
type Reach = { scope: Scope; pins: Pins; targetNames: readonly string[] }

/**
 * Decides about one connect. A name goes to its pinned addresses, when each of them is allowed. An address needs a rule
 * of its own, or is pinned for a target's name whose rule allows the port: tcp and ssl templates look names up
 * themselves.
 */
export async function admit(
  reach: Reach,
  host: Host,
  port: number,
  decide: Decide,
  now: () => Date,
): Promise<Admission> {
  const { scope, pins, targetNames } = reach
  const mayDial = (name: string | null, address: string) => decide(scope, { name, address, port }, now()).allowed
  const mayDialAll = (name: string, addresses: readonly string[]) => addresses.every((one) => mayDial(name, one))

  if (host.kind === 'name') {
    const addresses = await pins.lookup(host.name)
    if (addresses.length === 0) return { kind: 'unresolvable' }
    return mayDialAll(host.name, addresses) ? { kind: 'allowed', addresses } : { kind: 'refused' }
  }
  const { address } = host
  const allowed =
    mayDial(null, address) ||
    targetNames.some((name) => {
      const addresses = pins.known(name)
      return addresses.includes(address) && mayDialAll(name, addresses)
    })
  return allowed ? { kind: 'allowed', addresses: [address] } : { kind: 'refused' }
}
