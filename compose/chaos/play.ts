import { judge } from './oracle/index.ts'
import { noneLeft, usage, usageFlat } from './oracle/outside.ts'
import { randomFrom } from './random.ts'
import type { Row } from './row.ts'
import { pause } from './supervise.ts'
import { startWorld } from './world.ts'

export type Played = {
  id: string
  seed: number
  seconds: number
  /** What is wrong, in sentences. */
  wrong: string[]
  counts: Record<string, number>
  times: Record<string, number[]>
}
export type PlayOptions = {
  seed: number
  times: number
  timeFactor: number
  nuclei?: string | undefined
  /** Is told where the logs are when something is wrong, before they are removed. */
  onWrong?(folder: string, wrong: string[]): Promise<void>
}

/** Plays one row in a world of its own, and asks the oracle. */
export async function play(row: Row, options: PlayOptions): Promise<Played> {
  const since = performance.now()
  const nuclei = row.world.nuclei ?? options.nuclei
  const world = await startWorld({ timeFactor: options.timeFactor, ...row.world, nuclei })
  const wrong: string[] = []
  try {
    const before = usage(world)
    try {
      wrong.push(...(await row.run(world, randomFrom(options.seed), options.times)))
    } catch (error) {
      wrong.push(`the row broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    wrong.push(...(await judge(world, row.settleMs ?? 60_000)))
    // Kept-alive connections of clients end by themselves in seconds.
    for (let look = 0; look < 40 && usageFlat(before, usage(world)).length > 0; look++) await pause(250)
    wrong.push(...usageFlat(before, usage(world)))
    world.tally.count('scans', world.ledger.accepted().length)
    world.tally.count('requests at targets', world.sites.requests())
  } finally {
    for (const member of [...world.workers, ...world.apis]) await member.stop()
    wrong.push(...(await noneLeft(world)))
    if (wrong.length > 0) await options.onWrong?.(world.folder, wrong)
    await world.stop()
  }
  const seconds = Math.round((performance.now() - since) / 100) / 10
  return { id: row.id, seed: options.seed, seconds, wrong, counts: world.tally.counts(), times: world.tally.times() }
}
