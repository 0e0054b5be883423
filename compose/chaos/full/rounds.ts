import { allRows } from '../matrix.ts'
import type { Row } from '../row.ts'

/** Some of a row's provocations, in a world of their own. */
export type Round = { name: string; row: Row; round: number; times: number }

/** Rows that measure what has an aim: played first, two at once, so that they wait for little else. */
const measured: Record<string, number> = { D1: 1, D2: 1, D3: 2, D4: 1, C1: 1, C2: 1, 'C1-real': 1 }
/** How many rounds of the others, longest first; one where none is named. */
const rounds: Record<string, number> = {
  W13: 4,
  W14: 4,
  P2: 2,
  W5: 2,
  W12: 2,
  P1: 5,
  A1: 4,
  W1: 5,
  'N8-real': 1,
  'N10-real': 1,
  'N12-real': 1,
  'N9-real': 1,
}

const roundsOf = (row: Row, many: number): Round[] =>
  Array.from({ length: many }, (_, round) => ({ name: `${row.id}/${round}`, row, round, times: row.times.full }))

/** All of a full run: first what is measured, then what is only broken, a round of each before the second of any. */
export function fullRounds(nuclei: string): { measured: Round[]; broken: Round[] } {
  const rows = allRows(nuclei)
  const of = (ids: string[], share: Record<string, number>) =>
    ids.flatMap((id) => rows.filter((row) => row.id === id).flatMap((row) => roundsOf(row, share[id] ?? 1)))
  const others = rows.map(({ id }) => id).filter((id) => !(id in measured) && !(id in rounds))
  return {
    measured: of(Object.keys(measured), measured),
    broken: of([...Object.keys(rounds), ...others], rounds).toSorted((a, b) => a.round - b.round),
  }
}
