/** The value of `ask`, or of one that another caller of the same key began after this call. */
export type Share<T> = (key: string, ask: () => Promise<T>) => Promise<T>

/**
 * One look at a time for each key: who comes while it is under way waits for the next, together with all who came since. So
 * nobody gets an answer that was asked for before they came, and a crowd costs as much as one. All askers of a key must ask the same.
 */
export function shareLooks<T>(): Share<T> {
  const lines = new Map<string, { now: Promise<T>; next: Promise<T> | null }>()
  const start = async (key: string, ask: () => Promise<T>): Promise<T> => {
    const now = ask()
    const line = { now, next: null }
    lines.set(key, line)
    try {
      return await now
    } finally {
      if (line.next === null) lines.delete(key)
    }
  }
  return (key, ask) => {
    const line = lines.get(key)
    if (line === undefined) return start(key, ask)
    line.next ??= line.now.then(
      () => start(key, ask),
      () => start(key, ask),
    )
    return line.next
  }
}
