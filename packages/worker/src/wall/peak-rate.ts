const SLICES = 10
const SLICE_MS = 1000 / SLICES

/**
 * The highest number of events seen in any second, in steps of a tenth. `atMs` is a clock that never goes back.
 */
export function createPeakRate(): { hit(atMs: number): void; peak(): number } {
  const counts: number[] = Array.from({ length: SLICES }, () => 0)
  let newest = 0
  let inSecond = 0
  let peak = 0
  return {
    hit(atMs) {
      const slice = Math.floor(atMs / SLICE_MS)
      for (let passed = Math.max(newest + 1, slice - SLICES + 1); passed <= slice; passed++) {
        inSecond -= counts[passed % SLICES] ?? 0
        counts[passed % SLICES] = 0
      }
      newest = Math.max(newest, slice)
      counts[newest % SLICES] = (counts[newest % SLICES] ?? 0) + 1
      inSecond += 1
      peak = Math.max(peak, inSecond)
    },
    peak: () => peak,
  }
}
