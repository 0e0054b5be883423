export type Shares = {
  /** Takes `units` of one client's share and says how they are given back; null where the share has no more. */
  take(client: string, units?: number): (() => void) | null
}

/**
 * So many units for all. A client holds half at most of what the others leave, so that however much some of them hold, a next one
 * gets in. Whoever holds more than that, as others came after it, keeps it and gets no more.
 */
export function createShares(most: number): Shares {
  const held = new Map<string, number>()
  let all = 0
  return {
    take(client, units = 1) {
      const before = held.get(client) ?? 0
      const left = most - (all - before)
      if (before + units > Math.ceil(left / 2)) return null
      all += units
      held.set(client, before + units)
      let back = false
      return () => {
        if (back) return
        back = true
        all -= units
        const kept = (held.get(client) ?? 0) - units
        if (kept > 0) held.set(client, kept)
        else held.delete(client)
      }
    },
  }
}
