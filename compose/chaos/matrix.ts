import type { Row } from './row.ts'
import { apiRows } from './rows/api.ts'
import { cancelRows } from './rows/cancel.ts'
import { clockRows } from './rows/clock.ts'
import { connectionRows } from './rows/connections.ts'
import { dispatchRows } from './rows/dispatch.ts'
import { diskRows } from './rows/disk.ts'
import { endingRows } from './rows/ending.ts'
import { leaseRows } from './rows/lease.ts'
import { memoryRows } from './rows/memory.ts'
import { nucleiRows } from './rows/nuclei.ts'
import { postgresRows } from './rows/postgres.ts'
import { receiverRows } from './rows/receiver.ts'
import { redisRows } from './rows/redis.ts'
import { senderRows } from './rows/sender.ts'
import { stormRows } from './rows/storm.ts'
import { realTargetRows, targetRows } from './rows/target.ts'
import { triggerRows } from './rows/trigger.ts'
import { unfitRows } from './rows/unfit.ts'
import { workerRows } from './rows/worker.ts'

/** All rows; some run the real Nuclei. */
export const allRows = (nuclei: string): Row[] => [
  ...workerRows,
  ...stormRows,
  ...leaseRows,
  ...memoryRows,
  ...diskRows,
  ...unfitRows,
  ...clockRows,
  ...endingRows,
  ...dispatchRows,
  ...cancelRows(nuclei),
  ...apiRows,
  ...redisRows,
  ...postgresRows,
  ...connectionRows,
  ...nucleiRows,
  ...receiverRows,
  ...senderRows,
  ...triggerRows,
  ...targetRows,
  ...realTargetRows(nuclei),
]

/** Several rows in one world, at once. */
const together = (id: string, title: string, rows: Row[]): Row => ({
  id,
  title,
  expected: rows.map((row) => `${row.id}: ${row.expected}`).join('; '),
  world: { ...rows[0]?.world, workers: 2, workerEnv: { WORKER_CONCURRENCY: '8' } },
  times: { quick: 1, full: 1 },
  settleMs: Math.max(...rows.map((row) => row.settleMs ?? 60_000)),
  async run(world, random) {
    const wrong = await Promise.all(
      rows.map(async (row) => {
        const sentences = await row.run(world, random.fork(), row.times.quick)
        return sentences.map((sentence) => `${row.id}: ${sentence}`)
      }),
    )
    return wrong.flat()
  },
})

/** The rows that matter most, longest first, so that a few worlds at once end together. */
export function quickRows(nuclei: string): Row[] {
  const all = new Map(allRows(nuclei).map((row) => [row.id, row]))
  const some = (...ids: string[]) => ids.flatMap((id) => all.get(id) ?? [])
  return [
    ...some('P2', 'W5', 'W8', 'P6', 'W2', 'P4', 'W4', 'W6', 'W9', 'W10', 'W11', 'H6', 'H8'),
    together('H1-H7', 'receivers that are slow, refuse, redirect and rebind; replayed deliveries', [
      ...receiverRows,
      ...triggerRows,
    ]),
    together('N1-N6', 'scanners that fail, hang, fork and print garbage', some('N1', 'N2', 'N5', 'N6')),
    ...some(
      'P1',
      'N4',
      'W1',
      'A1',
      'A2',
      'A3',
      'R1',
      'R2',
      'R3',
      'R4',
      'R5',
      'R6',
      'R7',
      'P7',
      'P8',
      'P10',
      'P11',
      'N3',
    ),
    together('N8-N12', 'targets of known truth', targetRows),
    together(
      'N8-N12-real',
      'targets of known truth, scanned by Nuclei',
      some('N8-real', 'N9-real', 'N10-real', 'N12-real'),
    ),
  ]
}
