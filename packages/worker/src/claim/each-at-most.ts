/**
 * Runs `work` over all items, at most `n` at once, and returns the results in their order. Once `signal` aborts no further item
 * is begun, and the results are those of the items that were.
 */
export async function eachAtMost<T, R>(
  n: number,
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: { at: number; result: R }[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [at, item] of queue) {
      if (signal.aborted) return
      results.push({ at, result: await work(item) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(n, items.length) }, lane))
  return results.toSorted((a, b) => a.at - b.at).map(({ result }) => result)
}
