import { allRows } from '../matrix.ts'
import type { Row } from '../row.ts'

/** Some of a row's provocations, in a world of their own. */
export type Round = { name: string; row: Row; round: number; times: number }

/** Rows that measure milliseconds: played first, one by one, so that they wait for nothing else. */
const measured: Record<string, number> = { D1: 1, D2: 1, D4: 1, C1: 1, R2: 1, R3: 1, R4: 1, R5: 1, W13: 1 }
/** Rows in which processes start all the time: one after the other, as two at once would take both processors. */
const busy: Record<string, number> = { W13: 3, W14: 4, A1: 4, P1: 5, W1: 5 }
/** How many rounds of the others, longest first; one where none is named. */
const calm: Record<string, number> = {
  W12: 2,
  D3: 2,
  P2: 2,
  W5: 2,
  'N8-real': 1,
  'N10-real': 1,
  'N12-real': 1,
  'N9-real': 1,
}

const roundsOf = (row: Row, first: number, many: number): Round[] =>
  Array.from({ length: many }, (_, n) => {
    const round = first + n
    return { name: `${row.id}/${round}`, row, round, times: row.times.full }
  })

export type FullRounds = { measured: Round[]; busy: Round[]; calm: Round[] }

/** All of a full run: what is measured comes first, then the busy rounds beside the calm ones. */
export function fullRounds(nuclei: string): FullRounds {
  const rows = allRows(nuclei)
  const of = (ids: string[], share: Record<string, number>, before: Record<string, number> = {}) =>
    ids.flatMap((id) =>
      rows.filter((row) => row.id === id).flatMap((row) => roundsOf(row, before[id] ?? 0, share[id] ?? 1)),
    )
  const named = { ...measured, ...busy, ...calm }
  const others = rows.map(({ id }) => id).filter((id) => !(id in named))
  return {
    measured: of(Object.keys(measured), measured),
    busy: of(Object.keys(busy), busy, measured).toSorted((a, b) => a.round - b.round),
    calm: of([...Object.keys(calm), ...others], calm),
  }
}
