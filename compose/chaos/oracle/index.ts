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

/**
 * Waits until all has ended, then asks every check. What has not ended counts as lost once nothing more ended for `withinMs`,
 * or at ten times that: a long queue that shrinks is not lost. None: nothing is wrong.
 */
export async function judge(world: World, withinMs: number): Promise<Wrong[]> {
  const open = async () => [...(await allEnded(world)), ...(await deliveriesEnded(world))].length
  const last = performance.now() + 10 * withinMs
  let [left, deadline] = [Number.POSITIVE_INFINITY, 0]
  for (;;) {
    const now = await open()
    if (now < left) [left, deadline] = [now, Math.min(last, performance.now() + withinMs)]
    if (now === 0 || performance.now() > deadline) break
    await pause(200)
  }
  const wrong: Wrong[] = []
  for (const [broken, check] of checks) wrong.push(...(await check(world)).map((said) => ({ broken, said })))
  return wrong
}
