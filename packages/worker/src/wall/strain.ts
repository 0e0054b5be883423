import { readFileSync } from 'node:fs'
import { systemClock } from './clock.ts'

/** What of an attempt the wall could not see: each count grows from the attempt's opening on. */
export type Strain = { turnedAway: number; stoodStillMs: number }

/** At 15 kB each they stay within the heap that the warden gets. */
const MOST_CLIENTS = 4096
/** For Node itself, resolvers and pipes. */
const OTHER_DESCRIPTORS = 64

/**
 * How many clients the wall takes: two descriptors each. Past the system's own limit libuv closes what it cannot accept without a word
 * (its EMFILE trick), so that nobody could count it. `limits` is /proc/self/limits, proc(5); where there is none, the most.
 */
export function roomForClients(limits = readLimits()): number {
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity)
  return Math.max(1, Math.min(MOST_CLIENTS, Math.floor((soft - OTHER_DESCRIPTORS) / 2)))
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}

const LOOK_MS = 250
/** The shortest time-out that an order may have is a second: a shorter pause costs no request. */
const SHORTEST_MS = 900

/**
 * Tells how long this process did nothing, where that was long enough for a request to time out: stopped, swapped out or starved, it
 * neither carries nor counts what Nuclei gives up meanwhile. Returns what ends the watch.
 */
export function watchStandstill(onStoodStill: (ms: number) => void): () => void {
  let last = systemClock.monotonic()
  const look = () => {
    const now = systemClock.monotonic()
    const lateMs = Math.round(now - last - LOOK_MS)
    last = now
    if (lateMs >= SHORTEST_MS) onStoodStill(lateMs)
  }
  const timer = setInterval(look, LOOK_MS)
  return () => clearInterval(timer)
}
