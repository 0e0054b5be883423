import type { Played } from './play.ts'
import { quantile } from './tally.ts'

/** Prints what came of a row. */
export function show({ id, seconds, wrong, counts, times }: Played): void {
  const said = Object.entries(counts).map(([what, n]) => `${n} ${what}`)
  console.log(
    `${wrong.length === 0 ? 'ok ' : 'RED'} ${id.padEnd(11)} ${String(seconds).padStart(5)} s  ${said.join(', ')}`,
  )
  for (const [what, values] of Object.entries(times))
    console.log(`      ${what}: n ${values.length}, median ${quantile(values, 0.5)}, p99 ${quantile(values, 0.99)} ms`)
  for (const { said: sentence } of wrong.slice(0, 20)) console.log(`      ${sentence}`)
}
