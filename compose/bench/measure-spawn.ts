import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quantile } from '../chaos/tally.ts'
import { outcomeOf } from '../chaos/watch.ts'
import type { Row } from './report.ts'
import { withWorld } from './with-world.ts'

const times = 60

/** From an order's acceptance, and from its claim, to the start of the scanner, on an idle worker that hears Redis; one clock tells all three. */
export async function measureSpawn(signal: AbortSignal): Promise<Row[]> {
  return await withWorld({ scanner: 'notes-its-start' }, signal, async (world, deadline) => {
    const site = await world.sites.open('answers')
    for (let n = 0; n < times && !deadline.aborted; n++)
      await outcomeOf(world, await world.ledger.order({ targets: [site.url] }))
    const starts = (await readFile(join(world.folder, 'starts'), 'utf8'))
      .trim()
      .split('\n')
      .map((ns) => Number(ns) / 1e6)
    const rows = await world.sql<{ ordered: number; claimed: number }[]>`
      select extract(epoch from c.created_at)::float8 * 1000 as ordered,
        extract(epoch from a.claimed_at)::float8 * 1000 as claimed
      from attempts a join scans c on c.id = a.scan_id order by a.claimed_at`
    if (rows.length !== starts.length) throw new Error(`${rows.length} attempts started ${starts.length} scanners`)
    // What a first order alone has to do does not count.
    const spans = rows.map(({ ordered, claimed }, n) => ({ ordered, claimed, at: starts[n] ?? Number.NaN })).slice(1)
    const shown = (values: number[]) =>
      `p50 ${quantile(values, 0.5).toFixed(0)} ms, p99 ${quantile(values, 0.99).toFixed(0)} ms`
    return [
      ['order accepted to scanner started', shown(spans.map(({ ordered, at }) => at - ordered)), ''],
      ['claim to scanner started', shown(spans.map(({ claimed, at }) => at - claimed)), ''],
    ]
  })
}
