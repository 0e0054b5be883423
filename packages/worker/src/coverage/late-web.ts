import { eachAtMost } from '../claim/each-at-most.ts'
import { askWhatSpeaks } from '../reach/ask.ts'
import type { Wall } from '../reach/ask.ts'
import { portsToAsk, webOf } from '../reach/plan-runs.ts'
import type { Reached } from '../reach/plan-runs.ts'
import type { Evidence } from '../wall/warden-messages.ts'
import { beyond } from './beyond.ts'
import { countsOf } from './judge-target.ts'

/**
 * Which targets speak HTTP after the run that spoke none before it, by ordinal: they were slow, or not there yet, and no HTTP template
 * saw them. Only those are asked that Nuclei got an answer of, as the others read clean in no case.
 */
export async function lateWeb(
  reached: readonly Reached[],
  { before, after }: { before: Evidence; after: Evidence },
  wall: Wall,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Set<number>> {
  const rows = beyond(before, after)
  const spoke = reached.filter(
    ({ target, web }) =>
      web === null && countsOf(target, rows).some((row) => row.answers + row.tlsHandshakes + row.otherAnswers > 0),
  )
  const asked = await eachAtMost(10, spoke, signal, async ({ ordinal, target }) => {
    const ask = (port: number) => askWhatSpeaks(wall, target.host, port, Math.min(timeoutMs, 5000), signal)
    const answers = await Promise.all(portsToAsk(target).map(ask))
    return webOf(answers) === null ? [] : [ordinal]
  })
  return new Set(asked.flat())
}
