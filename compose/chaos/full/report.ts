import { cpus, release, totalmem } from 'node:os'
import { tableOf } from '../../bench/report.ts'
import type { Wrong } from '../oracle/index.ts'
import type { Row } from '../row.ts'
import { quantile } from '../tally.ts'
import { aims, numbers } from './aims.ts'
import { lastOf } from './state.ts'
import type { Done } from './state.ts'

export type Versions = { postgres: string; redis: string; nuclei: string }
export type ReportInput = {
  seed: number
  command: string
  /** Every play; of a round that was played again the last one counts. */
  done: readonly Done[]
  /** Rounds that were not played. */
  left: number
  /** All that a full run plays. */
  rows: readonly Row[]
  versions: Versions
  /** What the last run of the mutations said; null when there is none. */
  mutations: string | null
}

const shown = (ms: number): string => (Number.isNaN(ms) ? '-' : ms < 10 ? ms.toFixed(1) : String(Math.round(ms)))

/** Sums the rounds' counts. */
function countsOf(done: readonly Done[]): Map<string, number> {
  const all = new Map<string, number>()
  for (const { played } of done)
    for (const [what, n] of Object.entries(played.counts)) all.set(what, (all.get(what) ?? 0) + n)
  return all
}

const wrongsOf = (done: readonly Done[]): (Wrong & { round: string })[] =>
  done.flatMap(({ round, played }) => played.wrong.map((one) => ({ ...one, round })))

function promiseTable(done: readonly Done[]): string {
  const wrongs = wrongsOf(done)
  const of = (broken: Wrong['broken']) => String(wrongs.filter((one) => one.broken === broken).length)
  return tableOf(
    ['accepted and lost', 'doubled', 'falsely clean', 'overlapping at a target', 'otherwise wrong'],
    [[of('lost'), of('doubled'), of('falsely clean'), of('overlapping'), of('other')]],
  )
}

/** What was measured alone is held against the aim; where nothing was, what was measured beside other rounds. */
function timesTable(done: readonly Done[]): string {
  const rows = aims.map(({ what, times, median, p99 }) => {
    const of = (rounds: readonly Done[]) => rounds.flatMap(({ played }) => played.times[times] ?? [])
    const [alone, beside] = [of(done.filter((one) => one.alone)), of(done.filter((one) => !one.alone))]
    const judged = alone.length > 0 ? alone : beside
    const aimed = [median === undefined ? [] : `median ${median}`, p99 === undefined ? [] : `p99 ${p99}`].flat()
    const met = !(quantile(judged, 0.5) > (median ?? Infinity)) && !(quantile(judged, 0.99) > (p99 ?? Infinity))
    const verdict = aimed.length === 0 ? '' : judged.length === 0 ? 'not measured' : met ? 'met' : 'missed'
    const cells = [alone, beside].flatMap((values) => [
      String(values.length),
      shown(quantile(values, 0.5)),
      shown(quantile(values, 0.99)),
    ])
    return [what, ...cells, aimed.join(', '), verdict]
  })
  return tableOf(['ms', 'alone: n', 'median', 'p99', 'beside others: n', 'median', 'p99', 'aim', ''], rows)
}

function countsTable(done: readonly Done[]): string {
  const counts = countsOf(done)
  const rest = [...counts.keys()].filter((what) => !(what in numbers)).toSorted()
  return tableOf(
    ['what was done', 'times', 'asked for'],
    [...Object.keys(numbers), ...rest].map((what) => [
      what,
      String(counts.get(what) ?? 0),
      String(numbers[what] ?? ''),
    ]),
  )
}

function rowsTable(done: readonly Done[], all: readonly Row[]): string {
  const byId = Map.groupBy(done, ({ played }) => played.id)
  const rows = [...new Map(all.map((row) => [row.id, row])).values()].map(({ id, title, expected }) => {
    const rounds = byId.get(id) ?? []
    const seconds = Math.round(rounds.reduce((sum, { played }) => sum + played.seconds, 0))
    const wrong = rounds.reduce((sum, { played }) => sum + played.wrong.length, 0)
    const verdict = rounds.length === 0 ? 'not played' : wrong === 0 ? 'nothing' : String(wrong)
    return [id, title, expected, String(rounds.length), String(seconds), verdict]
  })
  return tableOf(['row', 'what happens', 'what has to come out', 'rounds', 'seconds', 'wrong'], rows)
}

/** What was wrong, also in a round that was played again: then with how that ended. */
function wrongList(plays: readonly Done[], last: readonly Done[]): string {
  const lines = plays.flatMap((play) => {
    const { round, commit, played } = play
    const again = last.find((one) => one.round === round && one !== play)
    const verdict = again?.played.wrong.length === 0 ? 'nothing wrong' : 'wrong again'
    const then = again ? `. Commit ${commit}; played again on ${again.commit}: ${verdict}.` : ''
    return [...new Set(played.wrong.map(({ broken, said }) => `- ${round} (${broken}): ${firstLine(said)}${then}`))]
  })
  return lines.join('\n')
}

/** The report of a full run, as far as it came. */
export function reportOf({ seed, command, done: plays, left, rows, versions, mutations }: ReportInput): string {
  const done = lastOf(plays)
  const commits = [...new Set(done.map(({ commit }) => commit))].join(', ')
  const loads = done.map(({ load }) => load)
  const times = done.map(({ at }) => at).toSorted()
  const wrong = wrongList(plays, done)
  const processors = cpus()
  const parts = [
    '# What chaos measured',
    `\`${command}\` wrote this page; seed ${seed}, commit ${commits}. Node ${process.version}, PostgreSQL ${versions.postgres}, Redis ${versions.redis}, Nuclei ${versions.nuclei}, Linux ${release()}, ${processors.length} processors (${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB. ${done.length} rounds, ${left === 0 ? 'all there are' : `${left} were not played`}, from ${times[0] ?? ''} to ${times.at(-1) ?? ''}. The machine's load average when rounds ended was ${shown(quantile(loads, 0.5))} in the median, ${shown(Math.max(0, ...loads))} at most: above the number of its processors times are longer than the service's own.`,
    '## The promise',
    promiseTable(done),
    '## Times',
    "The production bundles ran with the flags of the images; leases, renewals and looks had the product's own length. Alone: no other round was played meanwhile; the rest share the processors with up to three others.",
    timesTable(done),
    '## What was done to it',
    countsTable(done),
    '## Rows',
    rowsTable(done, rows),
    ...(wrong === '' ? [] : ['## What was wrong', wrong]),
    ...(mutations === null ? [] : ['## Rules taken away', mutations]),
  ]
  return `${parts.join('\n\n')}\n`
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 300)
