import { formatId, parseId } from '@assayer/schema'
import { accept } from '../chaos/receivers.ts'
import { quantile } from '../chaos/tally.ts'
import { outcomeOf, until } from '../chaos/watch.ts'
import type { World } from '../chaos/world.ts'
import type { Row } from './report.ts'
import { withWorld } from './with-world.ts'

const scans = 60
const events = 3000

/** One worker sends events to a receiver that answers at once: how soon after the commit, how soon beside an endpoint that never answers, how many a second. */
export async function measureDeliveries(signal: AbortSignal): Promise<Row[]> {
  return await withWorld({ scanner: 'notes-its-start', webhooks: true }, signal, async (world, deadline) => {
    const arrived = new Map<string, number>()
    await world.receivers.open(
      (reply, post) => {
        if (!arrived.has(post.id)) arrived.set(post.id, Date.now())
        accept(reply, post)
      },
      ['scan.finished', 'endpoint.disabled'],
    )
    const alone = await firstTries(world, arrived, deadline)
    const dead = await world.receivers.open(() => {}, ['scan.finished'])
    const beside = await firstTries(world, arrived, deadline)
    return [
      ['scan ended to first try', shown(alone), 'p99 <= 1000 ms'],
      ['the same beside an endpoint that never answers', shown(beside), 'p99 <= 1000 ms'],
      ['deliveries to one receiver', `${Math.round(await rate(world, arrived, dead.endpointId))} a second`, '>= 500'],
    ]
  })
}

const shown = (values: number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(0)} ms, p99 ${quantile(values, 0.99).toFixed(0)} ms`

/** Milliseconds from the commit that ended a scan to the arrival of its event, of scans one after the other. */
async function firstTries(world: World, arrived: Map<string, number>, deadline: AbortSignal): Promise<number[]> {
  const site = await world.sites.open('answers')
  const spans: number[] = []
  for (let n = 0; n < scans && !deadline.aborted; n++) {
    const accepted = await world.ledger.order({ targets: [site.url] })
    await outcomeOf(world, accepted)
    const span = await until('the event of a scan', 30_000, async () => {
      const [row] = await world.sql<{ id: string; at: number }[]>`
        select o.id, extract(epoch from c.finished_at)::float8 * 1000 as at from outbox o
        join scans c on c.id = o.scan_id where o.scan_id = ${parseId('scan', accepted.id)}
          and o.kind in ('scan.completed', 'scan.partial', 'scan.failed')`
      const at = row && arrived.get(formatId('event', row.id))
      return row === undefined || at === undefined ? null : at - row.at
    })
    // What a first event alone has to do does not count.
    if (n > 0) spans.push(span)
  }
  return spans
}

/** Events a second at the fast receiver, of many about the other endpoint that were committed at once. */
async function rate({ sql }: World, arrived: Map<string, number>, about: string): Promise<number> {
  arrived.clear()
  await sql`
    insert into outbox (workspace_id, id, kind, payload)
    select workspace_id, gen_random_uuid(), 'endpoint.disabled', jsonb_build_object('endpointId', id, 'reason', 'failing')
    from webhook_endpoints, generate_series(1, ${events}) where id = ${parseId('webhook-endpoint', about)}`
  await until('every event', 90_000, () => (arrived.size >= events ? true : null))
  const times = [...arrived.values()].toSorted((a, b) => a - b)
  return ((times.length - 1) * 1000) / Math.max(1, (times.at(-1) ?? 0) - (times[0] ?? 0))
}
