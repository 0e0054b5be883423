import { judge } from './oracle/index.ts'
import type { Wrong } from './oracle/index.ts'
import { noneLeft, usage, usageFlat } from './oracle/outside.ts'
import { randomFrom } from './random.ts'
import type { Row } from './row.ts'
import { pause } from './supervise.ts'
import { startWorld } from './world.ts'

export type Played = {
  id: string
  seed: number
  seconds: number
  wrong: Wrong[]
  counts: Record<string, number>
  times: Record<string, number[]>
}
export type PlayOptions = {
  seed: number
  times: number
  timeFactor: number
  /** Breaks the row off: then nothing came of it. */
  signal: AbortSignal
  /** Is told where the logs are when something is wrong, before they are removed. */
  onWrong?(folder: string): Promise<void>
}

/** Plays one row in a world of its own, and asks the oracle. Null when it was broken off. */
export async function play(row: Row, options: PlayOptions): Promise<Played | null> {
  const since = performance.now()
  const world = await startWorld({ timeFactor: options.timeFactor, ...row.world })
  const wrong: Wrong[] = []
  const others = (sentences: readonly string[]) =>
    void wrong.push(...sentences.map((said): Wrong => ({ broken: 'other', said })))
  const brokenOff = new Promise<string[]>((resolve) => {
    options.signal.addEventListener('abort', () => resolve([]), { once: true })
  })
  try {
    const before = usage(world)
    try {
      others(await Promise.race([row.run(world, randomFrom(options.seed), options.times), brokenOff]))
    } catch (error) {
      others([`the row broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`])
    }
    if (options.signal.aborted) return null
    wrong.push(...(await judge(world, row.settleMs ?? 60_000)))
    // Kept-alive connections of clients end by themselves in seconds.
    for (let look = 0; look < 40 && usageFlat(before, usage(world)).length > 0; look++) await pause(250)
    others(usageFlat(before, usage(world)))
    world.tally.count('scans', world.ledger.accepted().length)
    world.tally.count('requests at targets', world.sites.requests())
  } finally {
    for (const member of [...world.workers, ...world.apis]) await member.stop()
    others(await noneLeft(world))
    if (wrong.length > 0 && !options.signal.aborted) await options.onWrong?.(world.folder)
    await world.stop()
  }
  const seconds = Math.round((performance.now() - since) / 100) / 10
  return { id: row.id, seed: options.seed, seconds, wrong, counts: world.tally.counts(), times: world.tally.times() }
}
