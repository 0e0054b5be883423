import { pause } from '../supervise.ts'
import type { World } from '../world.ts'
import {
  acceptedKept,
  allEnded,
  findingsDecided,
  lossesExplained,
  neverFalselyClean,
  oneTerminalEvent,
  onlyLastRunCounts,
  orderedOnce,
} from './database.ts'
import type { Check } from './database.ts'
import { deliveriesEnded, eachTold, idsStable } from './deliveries.ts'
import { noOverlap } from './outside.ts'

/** What is wrong, in a sentence, and which of the promise's words it breaks. */
export type Wrong = { broken: Broken; said: string }
type Broken = 'lost' | 'doubled' | 'falsely clean' | 'overlapping' | 'other'

const checks: [Broken, Check][] = [
  ['lost', acceptedKept],
  ['lost', allEnded],
  ['lost', eachTold],
  ['lost', deliveriesEnded],
  ['doubled', idsStable],
  ['doubled', orderedOnce],
  ['doubled', oneTerminalEvent],
  ['doubled', onlyLastRunCounts],
  ['falsely clean', neverFalselyClean],
  ['overlapping', noOverlap],
  ['other', findingsDecided],
  ['other', lossesExplained],
]

/** Waits until all has ended or the deadline passes, then asks every check. None: nothing is wrong. */
export async function judge(world: World, withinMs: number): Promise<Wrong[]> {
  const deadline = AbortSignal.timeout(withinMs)
  while (!deadline.aborted && [...(await allEnded(world)), ...(await deliveriesEnded(world))].length > 0)
    await pause(200, deadline)
  const wrong: Wrong[] = []
  for (const [broken, check] of checks) wrong.push(...(await check(world)).map((said) => ({ broken, said })))
  return wrong
}
