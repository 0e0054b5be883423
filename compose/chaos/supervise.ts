import type { Ending, OwnProcess } from '../local/own-process.ts'
import { StartError } from '../local/own-process.ts'
import { knownProcess } from './processes.ts'

/** A service that is started again a second after each end, as a supervisor with `restart: always` does. */
export type Supervised<Ready> = {
  name: string
  /** What runs now, once it said that it serves; null between an end and the next start. */
  current(): { process: OwnProcess; ready: Ready } | null
  /** Starts so far. */
  starts(): number
  endings(): Ending[]
  /** Waits until it serves again; rejects when that does not come within `ms`. */
  serving(ms?: number): Promise<{ process: OwnProcess; ready: Ready }>
  stop(): Promise<void>
}

/** Starts a service and keeps it running. `start` gets the number of the start, from 1. */
export async function supervise<Ready>(
  name: string,
  start: (n: number, signal: AbortSignal) => Promise<{ process: OwnProcess; ready: Ready }>,
  restartMs = 1000,
): Promise<Supervised<Ready>> {
  const stopping = new AbortController()
  const endings: Ending[] = []
  let current: { process: OwnProcess; ready: Ready } | null = null
  let starts = 0
  let waiting: (() => void)[] = []

  const keep = async () => {
    while (!stopping.signal.aborted) {
      try {
        current = await start(++starts, stopping.signal)
        for (const wake of waiting) wake()
        waiting = []
        endings.push(await current.process.ended)
      } catch (error) {
        // It could not start just now, perhaps for want of what a row took from it; at its first start nothing was taken.
        if (starts === 1 && !stopping.signal.aborted) throw error
        if (!stopping.signal.aborted && !(error instanceof StartError)) throw error
      }
      current = null
      await pause(restartMs, stopping.signal)
    }
  }
  const kept = keep()
  kept.catch(() => {})

  const serving = async (ms = 30_000): Promise<{ process: OwnProcess; ready: Ready }> => {
    const deadline = AbortSignal.timeout(ms)
    while (current === null || knownProcess(current.process.pid) === null) {
      if (deadline.aborted) throw new Error(`${name} did not serve within ${ms} ms`)
      const woken = new Promise<void>((resolve) => waiting.push(resolve))
      await Promise.race([woken, kept, pause(100, deadline)])
    }
    return current
  }
  await serving(60_000)
  return {
    name,
    current: () => current,
    starts: () => starts,
    endings: () => endings,
    serving,
    async stop() {
      stopping.abort()
      await current?.process.stop()
      await kept
    },
  }
}

/** Waits so long, or until the signal aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
    if (signal?.aborted) done()
  })
}
