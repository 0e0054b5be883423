export type Shares = {
  /** Takes `units` of one client's share and says how they are given back; null where its share or the whole is used up. */
  take(client: string, units?: number): (() => void) | null
}

/** So many units for all, of which one client holds at most half. */
export function createShares(most: number): Shares {
  const perClient = Math.ceil(most / 2)
  const held = new Map<string, number>()
  let all = 0
  return {
    take(client, units = 1) {
      const own = (held.get(client) ?? 0) + units
      if (own > perClient || all + units > most) return null
      all += units
      held.set(client, own)
      let back = false
      return () => {
        if (back) return
        back = true
        all -= units
        const left = (held.get(client) ?? 0) - units
        if (left > 0) held.set(client, left)
        else held.delete(client)
      }
    },
  }
}
