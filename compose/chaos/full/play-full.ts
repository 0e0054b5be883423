import { cp, readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../local/cache.ts'
import { inLanes } from '../lanes.ts'
import { play } from '../play.ts'
import { seedOf } from '../random.ts'
import type { Row } from '../row.ts'
import { show } from '../show.ts'
import { commitOf } from './commit.ts'
import { reportOf } from './report.ts'
import { fullRounds } from './rounds.ts'
import type { Round } from './rounds.ts'
import { lastOf, openState } from './state.ts'
import type { State } from './state.ts'
import { versionsOf } from './versions.ts'

export type FullOptions = {
  seed: number
  atOnce: number
  nuclei: { path: string; version: string }
  /** Where the rounds are kept; by default a file of this seed in the cache folder. */
  stateFile: string | undefined
  reportFile: string
  /** Where the logs of a world go in which something was wrong. */
  keep: string | undefined
  signal: AbortSignal
}

const kept = (name: string) => join(cacheFolder(), 'chaos', name)
/** Where the table of the last run of the mutations is kept for the report. */
export const mutationsFile = (): string => kept('mutations.md')

/**
 * Plays all rounds of a full run that were not played before under this seed, and again those in which something was wrong, with the
 * production bundles and the product's own times, and writes the report of all, also when it is stopped. Says whether all was played
 * and nothing was wrong the last time.
 */
export async function playFull(options: FullOptions): Promise<boolean> {
  const { seed, atOnce, signal, nuclei } = options
  const state = await openState(options.stateFile ?? kept(`full-${seed}.jsonl`))
  const { measured, busy, calm } = fullRounds(nuclei.path)
  const all = [...measured, ...busy, ...calm]
  const before = lastOf(state.done)
  const right = new Set(before.filter(({ played }) => played.wrong.length === 0).map(({ round }) => round))
  const missing = (rounds: Round[]) => rounds.filter(({ name }) => !right.has(name))
  await import('../../build.ts')
  const player = await roundPlayer(options, state)
  const [alone, beside] = [player(true), player(false)]
  await inLanes(missing(measured), 1, signal, alone)
  await Promise.all([
    inLanes(missing(busy), 1, signal, beside),
    inLanes(missing(calm), Math.max(1, atOnce - 1), signal, beside),
  ])
  const last = lastOf(state.done)
  const left = all.filter(({ name }) => !last.some(({ round }) => round === name)).length
  const report = reportOf({
    seed,
    command: `npx -y pnpm@12 chaos --full --seed ${seed}`,
    done: state.done,
    left,
    rows: all.map(({ row }) => row),
    versions: await versionsOf(nuclei.version),
    mutations: await readFile(mutationsFile(), 'utf8').catch(() => null),
  })
  await writeFile(options.reportFile, report)
  return left === 0 && last.every(({ played }) => played.wrong.length === 0)
}

const bundled = (row: Row): Row => ({ ...row, world: { ...row.world, bundled: true } })

async function roundPlayer(
  { seed, keep, signal }: FullOptions,
  state: State,
): Promise<(alone: boolean) => (round: Round) => Promise<void>> {
  const commit = await commitOf()
  return (alone) =>
    async ({ name, row, round, times }) => {
      const played = await play(bundled(row), {
        ...{ seed: seedOf(seed, row.id, round), times, timeFactor: 1, signal },
        async onWrong(folder) {
          if (keep !== undefined) await cp(folder, join(keep, name), { recursive: true })
        },
      }).catch((error: unknown) => {
        console.log(`${name} could not be played: ${String(error)}`)
        return null
      })
      if (played === null) return
      const [load = 0] = loadavg()
      await state.add({ round: name, commit, at: new Date().toISOString(), load, alone, played })
      console.log(`${new Date().toISOString().slice(11, 19)} ${name}`)
      show(played)
    }
}
