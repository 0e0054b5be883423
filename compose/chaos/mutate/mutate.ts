import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableOf } from '../../bench/report.ts'
import { keepFolder } from '../../local/keep.ts'
import { runCommand } from '../../local/run-command.ts'
import { inLanes } from '../lanes.ts'
import { applyPatches, copySources } from './copy.ts'
import { mutations } from './mutations.ts'
import type { Mutation } from './mutations.ts'

/** What came of a mutation: `caught` with the first sentence that said so, `missed`, or `broken` where its row did not run. */
export type Caught = { name: string; row: string; outcome: 'caught' | 'missed' | 'broken'; said: string }

/** Breaks one rule in a copy of the sources and plays the row that has to turn red there. */
async function tryMutation({ name, row, patches }: Mutation, seed: number, signal: AbortSignal): Promise<Caught> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-mutant-'))
  const release = keepFolder(folder)
  try {
    await copySources(folder)
    await applyPatches(folder, patches)
    const run = join(folder, 'compose/chaos/run.ts')
    const args = [run, '--row', row, '--seed', String(seed)]
    const { code, log } = await runCommand({
      name: 'chaos',
      file: process.execPath,
      args,
      env: process.env,
      timeoutMs: 400_000,
      signal,
    })
    const lines = log.split('\n')
    const red = lines.findIndex((line) => line.startsWith(`RED ${row}`))
    if (red >= 0)
      return {
        name,
        row,
        outcome: 'caught',
        said:
          lines
            .slice(red + 1)
            .find((line) => !/ median /.test(line))
            ?.trim() ?? '',
      }
    const error = lines.find((line) => /Error\b/.test(line)) ?? lines.slice(-3).join(' ')
    return code === 0
      ? { name, row, outcome: 'missed', said: '' }
      : { name, row, outcome: 'broken', said: error.trim() }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    await release()
  }
}

/** Tries each mutation, some at once, and tells `seen` of each. */
export async function tryMutations(
  options: { seed: number; atOnce: number; names: readonly string[]; signal: AbortSignal },
  seen: (caught: Caught) => void,
): Promise<Caught[]> {
  const waiting = mutations.filter(
    ({ name }) => options.names.length === 0 || options.names.some((one) => name.includes(one)),
  )
  const all: Caught[] = []
  await inLanes(waiting, options.atOnce, options.signal, async (next) => {
    const caught = await tryMutation(next, options.seed, options.signal)
    all.push(caught)
    seen(caught)
  })
  return all
}

/** What came of the mutations, for the report. */
export function mutationTable(all: readonly Caught[], commit: string): string {
  const rows = all.map(({ name, row, outcome, said }) => [name, row, outcome, said.slice(0, 160)])
  return [`Commit ${commit}.`, '', tableOf(['without', 'row', 'outcome', 'said'], rows)].join('\n')
}
