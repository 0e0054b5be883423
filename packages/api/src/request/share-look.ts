/**
 * `ask`, one at a time for each key: who comes while it is asked waits for the next time, together with all who came since. So
 * nobody gets an answer that was asked for before they came, and a crowd costs as much as one.
 */
export function shareLook<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const lines = new Map<string, { now: Promise<T>; next: Promise<T> | null }>()
  const start = async (key: string): Promise<T> => {
    const now = ask(key)
    const line = { now, next: null }
    lines.set(key, line)
    try {
      return await now
    } finally {
      if (line.next === null) lines.delete(key)
    }
  }
  return (key) => {
    const line = lines.get(key)
    if (line === undefined) return start(key)
    line.next ??= line.now.then(
      () => start(key),
      () => start(key),
    )
    return line.next
  }
}
