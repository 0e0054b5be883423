import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LocalError } from '../local/local-error.ts'
import { runScript } from '../local/run-script.ts'
import { allRows, quickRows } from './matrix.ts'
import { tryMutations } from './mutate/mutate.ts'
import { play } from './play.ts'
import type { Played } from './play.ts'
import { seedOf } from './random.ts'
import type { Row } from './row.ts'
import { quantile } from './tally.ts'

const usage = `Usage: npx -y pnpm@12 chaos [--quick | --row ID ... | --mutate [--only NAME ...]] [--seed N] [--at-once N] [--time-factor F] [--times N] [--keep FOLDER]

Breaks a whole service in the ways of docs/durability.md and asks the oracle after each. --quick (default) plays the rows that
matter most with shortened leases; --row plays that row alone (repeatable). A seed plays the same chances again. --keep copies
the logs of a world in which something was wrong. --mutate takes one rule away at a time in a copy of the sources and expects the
row that guards it to turn red.`

const options = {
  quick: { type: 'boolean' },
  row: { type: 'string', multiple: true },
  mutate: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  seed: { type: 'string' },
  'at-once': { type: 'string' },
  'time-factor': { type: 'string' },
  times: { type: 'string' },
  keep: { type: 'string' },
  help: { type: 'boolean' },
} as const

await runScript(async (signal) => {
  const { values } = parseArgs({ options })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const atOnce = Number(values['at-once'] ?? 3)
  console.log(`seed ${seed}`)
  if (values.mutate) return await mutate(seed, atOnce, values.only ?? [], signal)
  const nuclei = process.env['NUCLEI_PATH']
  const rows = values.row ? chosen(allRows(nuclei), values.row) : quickRows(nuclei)
  const since = performance.now()
  const waiting = [...rows]
  const red: string[] = []
  const lane = async () => {
    for (let row = waiting.shift(); row !== undefined && !signal.aborted; row = waiting.shift()) {
      const { id, times } = row
      const played = await play(row, {
        seed: seedOf(seed, id, 0),
        times: Number(values.times ?? times.quick),
        timeFactor: Number(values['time-factor'] ?? 0.4),
        async onWrong(folder) {
          if (values.keep !== undefined) await cp(folder, join(values.keep, id), { recursive: true })
        },
      })
      if (played.wrong.length > 0) red.push(id)
      show(played)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  const seconds = Math.round((performance.now() - since) / 1000)
  console.log(
    red.length === 0
      ? `${rows.length} rows, nothing wrong, ${seconds} s`
      : `Wrong: ${red.join(', ')} of ${rows.length} rows, ${seconds} s. Again: --seed ${seed} --row ${red[0]}`,
  )
  return red.length === 0 ? 0 : 1
})

async function mutate(seed: number, atOnce: number, names: readonly string[], signal: AbortSignal): Promise<number> {
  const all = await tryMutations({ seed, atOnce, names, signal }, ({ name, row, outcome, said }) => {
    console.log(`${outcome.padEnd(6)} without ${name.padEnd(40)} by ${row.padEnd(4)} ${said}`)
  })
  return all.every(({ outcome }) => outcome === 'caught') ? 0 : 1
}

function chosen(rows: Row[], ids: string[]): Row[] {
  return ids.map((id) => {
    const row = rows.find((one) => one.id === id)
    if (row === undefined) throw new LocalError(`No row ${id}: there are ${rows.map((one) => one.id).join(', ')}.`)
    return row
  })
}

function show({ id, seconds, wrong, counts, times }: Played): void {
  const said = Object.entries(counts).map(([what, n]) => `${n} ${what}`)
  console.log(
    `${wrong.length === 0 ? 'ok ' : 'RED'} ${id.padEnd(11)} ${String(seconds).padStart(5)} s  ${said.join(', ')}`,
  )
  for (const [what, values] of Object.entries(times))
    console.log(`      ${what}: n ${values.length}, median ${quantile(values, 0.5)}, p99 ${quantile(values, 0.99)} ms`)
  for (const one of wrong.slice(0, 20)) console.log(`      ${one}`)
}
