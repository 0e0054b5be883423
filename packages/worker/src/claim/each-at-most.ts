/** Runs `work` over all items, at most `n` at once, and returns the results in their order. */
export async function eachAtMost<T, R>(n: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [at, item] of queue) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(n, items.length) }, lane))
  return results
}
