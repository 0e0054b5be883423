/** What a row did and measured; sums over rounds. */
export type Tally = {
  /** For example `kills`, `redis losses`. */
  count(what: string, n?: number): void
  /** Milliseconds of something that has an aim. */
  time(what: string, ms: number): void
  counts(): Record<string, number>
  times(): Record<string, number[]>
}

export function newTally(): Tally {
  const counts = new Map<string, number>()
  const times = new Map<string, number[]>()
  return {
    count: (what, n = 1) => void counts.set(what, (counts.get(what) ?? 0) + n),
    time: (what, ms) => void times.set(what, [...(times.get(what) ?? []), Math.round(ms * 10) / 10]),
    counts: () => Object.fromEntries(counts),
    times: () => Object.fromEntries(times),
  }
}

/** The value below which a share of all lies, by nearest rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
