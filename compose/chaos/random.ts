/** Chance that can be played again: the same seed gives the same numbers. */
export type Random = {
  /** From `low` to below `high`. */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** Another source, its seed drawn from this one. */
  fork(): Random
}

/** A source of chance for a seed of 32 bits (mulberry32 by Tommy Ettinger, public domain). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + next() * (high - low)
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  return {
    between,
    whole,
    pick(items) {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[whole(0, items.length - 1)] as (typeof items)[number]
    },
    fork: () => randomFrom(whole(0, 2 ** 32 - 1)),
  }
}

/** The seed of one row of one round, so that a row alone can be played again. */
export function seedOf(seed: number, row: string, round: number): number {
  let hash = (seed ^ Math.imul(round + 1, 0x9e3779b1)) >>> 0
  for (const character of row) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}
