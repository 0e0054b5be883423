import { pause } from '../supervise.ts'
import type { World } from '../world.ts'
import {
  acceptedOnce,
  allEnded,
  findingsDecided,
  lossesExplained,
  neverFalselyClean,
  oneTerminalEvent,
  onlyLastRunCounts,
} from './database.ts'
import type { Check } from './database.ts'
import { noOverlap } from './outside.ts'

const checks: Check[] = [
  acceptedOnce,
  allEnded,
  findingsDecided,
  onlyLastRunCounts,
  oneTerminalEvent,
  neverFalselyClean,
  lossesExplained,
  noOverlap,
]

/** Waits until all has ended or the deadline passes, then asks every check. None: nothing is wrong. */
export async function judge(world: World, withinMs: number): Promise<string[]> {
  const deadline = AbortSignal.timeout(withinMs)
  while (!deadline.aborted && (await allEnded(world)).length > 0) await pause(200, deadline)
  const wrong: string[] = []
  for (const check of checks) wrong.push(...(await check(world)))
  return wrong
}
