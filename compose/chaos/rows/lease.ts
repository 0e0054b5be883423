import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, timeTakeovers, until, untilAsked } from '../watch.ts'
import { orderHosts } from './worker.ts'

const w12: Row = {
  id: 'W12',
  title: 'workers without a session of their own, as behind a transaction pooler, are killed',
  expected: 'the lease tells it: the next attempts are claimed within 45 s',
  world: { workers: 8, sessionUrl: false, workerEnv: { DATABASE_POOLED: '1', WORKER_CONCURRENCY: '1' } },
  times: { quick: 1, full: 9 },
  settleMs: 120_000,
  async run(world, random, times) {
    for (let n = 0; n < times; n++) {
      await world.script(null, { requests: 400 })
      const { hosts } = await orderHosts(world, 6)
      await untilAsked(world, hosts)
      // Anywhere between two renewals.
      await pause(random.between(0, 8000 * world.timeFactor))
      const busy = await busyWorkers(world)
      await world.script(null, { requests: 2 })
      for (const member of world.workers) {
        if (!busy.has(member.current()?.ready.ready ?? '') || member.signal('SIGKILL') === null) continue
        world.tally.count('worker SIGKILLs')
      }
      await until('the end of all', 120_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
      await until('the next attempts', 60_000, async () => {
        const rows = await world.sql`select from shards where ended_at is null`
        return rows.length === 0 ? true : null
      })
    }
    await timeTakeovers(world)
    return []
  },
}

/** Where only the lease tells. */
export const leaseRows: Row[] = [w12]
