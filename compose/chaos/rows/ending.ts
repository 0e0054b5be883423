import type { Row } from '../row.ts'
import { outcomeOf } from '../watch.ts'
import type { World } from '../world.ts'

/** Holds back the statement that ends a shard at each worker, until so many of them are there; then all go at once. */
function endTogether(world: World, shards: number): { met: Promise<void> } {
  const met = Promise.withResolvers<void>()
  let held = 0
  for (const { data } of world.workers) {
    data.tap(({ type, body }) => {
      if (type !== 'B' || (!body.includes('"coverage": "covered"') && !body.includes('"coverage":"covered"')))
        return 'pass'
      if (++held === shards) {
        for (const other of world.workers) other.data.tap(null)
        // After this chunk was kept too.
        setImmediate(() => {
          for (const other of world.workers) other.data.release()
          met.resolve()
        })
      }
      return 'hold'
    })
  }
  return { met: met.promise }
}

const w11: Row = {
  id: 'W11',
  title: "a scan's two last shards end at the same moment",
  expected: 'the scan ends, with one event',
  world: { workers: 2, workerEnv: { WORKER_CONCURRENCY: '1' } },
  times: { quick: 8, full: 100 },
  async run(world, _random, times) {
    await world.script(null, { requests: 3, paceMs: 20 })
    for (let n = 0; n < times; n++) {
      const { met } = endTogether(world, 2)
      const sites = await Promise.all([world.sites.open('answers'), world.sites.open('answers')])
      const accepted = await world.ledger.order({ targets: sites.map(({ url }) => url), shardSize: 1 })
      await met
      world.tally.count('scans whose last shards ended together')
      await outcomeOf(world, accepted, 10_000)
    }
    return []
  },
}

/** Ends of scans. */
export const endingRows: Row[] = [w11]
