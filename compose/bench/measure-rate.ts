import { parseId } from '@assayer/schema'
import { outcomeOf } from '../chaos/watch.ts'
import type { Row } from './report.ts'
import { spanOf, withWorld } from './with-world.ts'

const shards = 500
const slots = 8

/** Shards a second of one worker whose scanner is a script that ends at once: all that is around a run, spawning included. */
export async function measureRate(signal: AbortSignal): Promise<Row[]> {
  const workerEnv = { WORKER_CONCURRENCY: String(slots) }
  return await withWorld({ scanner: 'ends-at-once', workerEnv }, signal, async (world) => {
    const sites = await Promise.all(Array.from({ length: shards }, () => world.sites.open('answers')))
    const targets = sites.map(({ url }) => url)
    const order = await world.ledger.order({ targets, shardSize: 1 })
    await outcomeOf(world, order, 140_000)
    const span = await spanOf(world, parseId('scan', order.id) ?? '')
    const rate = span.shards / span.seconds
    return [[`shards with a scanner that ends at once, ${slots} slots`, `${rate.toFixed(0)} a second`, '>= 150']]
  })
}
