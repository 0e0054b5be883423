import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LocalError } from '../local/local-error.ts'
import { findNuclei } from '../local/nuclei.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { commitOf } from './full/commit.ts'
import { mutationsFile, playFull } from './full/play-full.ts'
import { inLanes } from './lanes.ts'
import { allRows, quickRows } from './matrix.ts'
import { mutationTable, tryMutations } from './mutate/mutate.ts'
import { play } from './play.ts'
import { seedOf } from './random.ts'
import type { Row } from './row.ts'
import { show } from './show.ts'

const usage = `Usage: npx -y pnpm@12 chaos [--quick | --full | --row ID ... | --mutate [--only NAME ...]] [--seed N] [--at-once N] [--time-factor F] [--times N] [--keep FOLDER] [--state FILE] [--report FILE]

Breaks a whole service in the ways of docs/durability.md and asks the oracle after each. --quick (default) plays the rows that
matter most with shortened leases; --row plays that row alone (repeatable). A seed plays the same chances again. --keep copies
the logs of a world in which something was wrong. --mutate takes one rule away at a time in a copy of the sources and expects the
row that guards it to turn red. --full plays all rows with the product's own times, an hour and more, and writes
docs/durability-report.md; started again with its seed it goes on where it was stopped, and plays again what was wrong.`

const options = {
  quick: { type: 'boolean' },
  row: { type: 'string', multiple: true },
  full: { type: 'boolean' },
  state: { type: 'string' },
  report: { type: 'string' },
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
  const atOnce = Number(values['at-once'] ?? 4)
  console.log(`seed ${seed}`)
  if (values.mutate) return await mutate(seed, atOnce, values.only ?? [], signal)
  const nuclei = await findNuclei({ path: process.env['NUCLEI_PATH'], say: makeSay(process.stdout), signal })
  if (values.full) {
    const whole = await playFull({
      ...{ seed, nuclei, signal, stateFile: values.state, keep: values.keep },
      atOnce: Number(values['at-once'] ?? 4),
      reportFile: values.report ?? fileURLToPath(new URL('../../docs/durability-report.md', import.meta.url)),
    })
    return whole ? 0 : 1
  }
  const rows = values.row ? chosen(allRows(nuclei.path), values.row) : quickRows(nuclei.path)
  const since = performance.now()
  const red: string[] = []
  await inLanes(rows, atOnce, signal, async (row) => {
    const { id, times } = row
    const played = await play(row, {
      seed: seedOf(seed, id, 0),
      times: Number(values.times ?? times.quick),
      timeFactor: Number(values['time-factor'] ?? 0.4),
      signal,
      async onWrong(folder) {
        if (values.keep !== undefined) await cp(folder, join(values.keep, id), { recursive: true })
      },
    })
    if (played === null) return
    if (played.wrong.length > 0) red.push(id)
    show(played)
  })
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
  await mkdir(dirname(mutationsFile()), { recursive: true })
  await writeFile(mutationsFile(), mutationTable(all, await commitOf()))
  return all.every(({ outcome }) => outcome === 'caught') ? 0 : 1
}

function chosen(rows: Row[], ids: string[]): Row[] {
  return ids.map((id) => {
    const row = rows.find((one) => one.id === id)
    if (row === undefined) throw new LocalError(`No row ${id}: there are ${rows.map((one) => one.id).join(', ')}.`)
    return row
  })
}
