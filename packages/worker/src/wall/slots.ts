/** A counted set of places, handed out first come first served. */
export type Slots = {
  /** True with a place; false when none came free within `waitMs`, by `signal`, or when too many wait already. */
  take(waitMs: number, signal: AbortSignal): Promise<boolean>
  release(): void
}

const MAX_WAITING = 4096

export function createSlots(size: number): Slots {
  let free = size
  const waiting = new Set<() => void>()
  return {
    async take(waitMs, signal) {
      if (signal.aborted) return false
      if (free > 0) {
        free -= 1
        return true
      }
      if (waiting.size >= MAX_WAITING) return false
      return await new Promise<boolean>((resolve) => {
        const settle = (got: boolean) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', giveUp)
          waiting.delete(enter)
          resolve(got)
        }
        const enter = () => settle(true)
        const giveUp = () => settle(false)
        const timer = setTimeout(giveUp, waitMs)
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.add(enter)
      })
    },
    release() {
      const [next] = waiting
      if (next) next()
      else free += 1
    },
  }
}
