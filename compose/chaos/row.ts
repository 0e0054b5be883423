import type { Random } from './random.ts'
import type { World, WorldOptions } from './world.ts'

/** One fault of the matrix: how it is provoked; the oracle says whether the expected came out. */
export type Row = {
  id: string
  title: string
  expected: string
  world: WorldOptions
  /** How often `run` provokes it in a quick run, and in one round of a full one. */
  times: { quick: number; full: number }
  /** All that was begun has to end within so long after `run`; default 60 s. */
  settleMs?: number
  /** Provokes the fault; what it expects beyond the oracle it says in sentences of what is wrong. */
  run(world: World, random: Random, times: number): Promise<string[]>
}
