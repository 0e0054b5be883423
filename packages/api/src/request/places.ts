export type Places = {
  /** True with a place, to be given back; false where none came free in time or the line is full. */
  take(): boolean | Promise<boolean>
  giveBack(): void
}

/** Places for so many at once and before them a line of `line`, first come first served, where each waits `waitMs` at most. */
export function createPlaces({ places, line, waitMs }: { places: number; line: number; waitMs: number }): Places {
  const waiting = new Set<(placed: boolean) => void>()
  let taken = 0
  const wait = () =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => settle(false), waitMs)
      const settle = (placed: boolean) => {
        clearTimeout(timer)
        waiting.delete(settle)
        resolve(placed)
      }
      waiting.add(settle)
    })
  return {
    take() {
      if (taken < places) {
        taken++
        return true
      }
      return waiting.size < line && wait()
    },
    giveBack() {
      const [next] = waiting
      if (next) next(true)
      else taken--
    },
  }
}
