import type { Clock } from './clock.ts'
import { createCounters, sumCounters, type Counters } from './counters.ts'
import { hostText } from './host.ts'
import type { Strain } from './strain.ts'
import type { Evidence, OpenTarget } from './warden-messages.ts'

/** What one attempt was seen to do, by host and port as they arrived at the wall. */
export type EvidenceBook = {
  at(host: string, port: number): Counters
  refused(host: string, port: number, isTarget: boolean): void
  /**
   * All of it so far. An address that was pinned for target names counts for each of them that has that port or names none, unless it
   * is a target itself. Hosts are spelled as the targets were.
   */
  collect(pinned: (name: string) => readonly string[]): Omit<Evidence, keyof Strain>
}

/** Pairs of host and port counted one by one; later ones share port 0 of their host, or of the host ''. */
const MAX_PAIRS = 4096
const MAX_REFUSED_PAIRS = 256

type Page = { host: string; port: number; counters: Counters }

/** Opens the book with a page for each target, so that a flood of other pairs cannot crowd one out. */
export function createEvidenceBook(targets: readonly OpenTarget[], clock: Clock): EvidenceBook {
  const pages = new Map<string, Page>()
  const refusedPairs = new Map<string, { host: string; port: number; count: number }>()
  let refusedTotal = 0
  const spelled = new Map(targets.map(({ host }) => [hostText(host), host]))
  const portsOf = Map.groupBy(targets, ({ host }) => hostText(host))
  const wanted = new Map([...portsOf].map(([name, all]) => [name, new Set(all.map(({ port }) => port))]))

  const open = (host: string, port: number): Counters => {
    const page = pages.get(`${host} ${port}`) ?? { host, port, counters: createCounters() }
    pages.set(`${host} ${port}`, page)
    return page.counters
  }
  const at = (host: string, port: number): Counters => {
    const page = pages.get(`${host} ${port}`)
    if (page) return page.counters
    if (pages.size < MAX_PAIRS) return open(host, port)
    return pages.get(`${host} 0`)?.counters ?? open('', 0)
  }
  for (const { host, port } of targets) open(hostText(host), port ?? 0)

  return {
    at,
    refused(host, port, isTarget) {
      refusedTotal += 1
      if (isTarget) at(host, port).refusedByScope += 1
      const pair = refusedPairs.get(`${host} ${port}`)
      if (pair) pair.count += 1
      else if (refusedPairs.size < MAX_REFUSED_PAIRS) refusedPairs.set(`${host} ${port}`, { host, port, count: 1 })
    },
    collect(pinned) {
      const namesOf = Map.groupBy(
        [...spelled.keys()].flatMap((name) => pinned(name).map((address) => ({ name, address }))),
        ({ address }) => address,
      )
      const ownersOf = ({ host, port }: Page) => {
        if (spelled.has(host)) return [host]
        const names = (namesOf.get(host) ?? []).map(({ name }) => name)
        const owners = names.filter((name) => wanted.get(name)?.has(port) || wanted.get(name)?.has(null))
        return owners.length > 0 ? owners : [host]
      }
      const folded = Map.groupBy(
        [...pages.values()].flatMap((page) => ownersOf(page).map((owner) => ({ ...page, owner }))),
        ({ owner, port }) => `${owner} ${port}`,
      )
      const sums = [...folded.values()].map((group) => {
        const [{ owner, port } = { owner: '', port: 0 }] = group
        return { host: spelled.get(owner) ?? owner, port, ...sumCounters(group.map((page) => page.counters)) }
      })
      return { at: clock.now(), targets: sums, refused: [...refusedPairs.values()], refusedTotal }
    },
  }
}
