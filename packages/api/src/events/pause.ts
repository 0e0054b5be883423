/** Waits for `ms` milliseconds, not at all when there are none, or until the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

export type Alarm = { ring(): void; wait(ms: number, signal: AbortSignal): Promise<boolean> }

/** A wait that ends early, as true, when somebody rings; a ring while nobody waits ends the next wait at once. */
export function createAlarm(): Alarm {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    async wait(ms, signal) {
      await pause(ms, AbortSignal.any([signal, rung.signal]))
      const early = rung.signal.aborted
      if (early) rung = new AbortController()
      return early
    },
  }
}
