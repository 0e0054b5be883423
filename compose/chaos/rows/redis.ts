import { openRedisAdmin } from '../redis-admin.ts'
import type { RedisAdmin } from '../redis-admin.ts'
import type { Random } from '../random.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { claimedAfter, outcomeOf, until } from '../watch.ts'
import type { World, WorldOptions } from '../world.ts'

/**
 * Workers behind a pooler do not LISTEN, so that only the doorbell and the poll bring them work: a claim that comes at once
 * was rung for.
 */
const deafToNotify: WorldOptions = { workers: 1, workerEnv: { DATABASE_POOLED: '1' }, sessionUrl: false }

async function orderQuickly(world: World): Promise<number> {
  const site = await world.sites.open('answers')
  const accepted = await world.ledger.order({ targets: [site.url] })
  const ms = await claimedAfter(world, accepted)
  await outcomeOf(world, accepted)
  return ms
}

/** Milliseconds until three orders in a row were claimed at once, which the poll alone would do once in a hundred times. */
async function untilBellsWork(world: World): Promise<number> {
  const since = performance.now()
  let heard = 0
  await until('bells', 60_000, async () => {
    heard = (await orderQuickly(world)) < 150 ? heard + 1 : 0
    return heard === 3 ? true : null
  })
  return performance.now() - since
}

/** `harm` is done `times` times, under orders; then bells must come back without a restart. */
const row = (
  given: Pick<Row, 'id' | 'title'> & { times: Row['times']; world?: WorldOptions },
  harm: (world: World, admin: RedisAdmin, random: Random, n: number) => Promise<void>,
  heal: (world: World, admin: RedisAdmin) => Promise<void> = async () => {},
): Row => ({
  expected: 'each order is accepted and its scan ends, once; bells work again within 5 s without a restart',
  ...given,
  world: { ...deafToNotify, ...given.world },
  async run(world, random, times) {
    await world.script(null, { requests: 2, paceMs: 10 })
    if (world.redis.url === null) {
      world.tally.count('left out: no Redis here')
      return []
    }
    const admin = await openRedisAdmin(world.redis.url)
    const wrong: string[] = []
    try {
      await untilBellsWork(world)
      for (let n = 0; n < times; n++) {
        await harm(world, admin, random, n)
        world.tally.count('redis losses')
        await timedOrder(world, 'order to 202 with Redis in trouble')
      }
      await heal(world, admin)
      const ms = await untilBellsWork(world)
      world.tally.time('Redis back to bells that work', ms)
      // Three scans of the probe itself take two seconds of it.
      if (ms > 8000) wrong.push(`bells worked again after ${Math.round(ms)} ms`)
    } finally {
      admin.close()
    }
    if (world.apis.some((api) => api.starts() > 1) || world.workers.some((worker) => worker.starts() > 1))
      wrong.push('a service had to be started again')
    return wrong
  },
})

async function timedOrder(world: World, what: string): Promise<void> {
  const site = await world.sites.open('answers')
  const since = performance.now()
  const accepted = await world.ledger.order({ targets: [site.url] })
  world.tally.time(what, performance.now() - since)
  world.tally.time('commit to claim with Redis in trouble', await claimedAfter(world, accepted))
}

const keys = ['waiting', 'active', 'jobs', 'id', 'stalling']

export const redisRows: Row[] = [
  row(
    { id: 'R1', title: 'FLUSHALL while scans wait and run', times: { quick: 4, full: 25 } },
    async (_world, admin) => {
      await admin.send('FLUSHALL')
      await pause(300)
    },
  ),
  row(
    { id: 'R2', title: 'Redis restarts and comes back empty', times: { quick: 3, full: 25 } },
    async (world, _admin, random) => {
      await world.redis.restart?.()
      await pause(random.between(0, 1000))
    },
  ),
  row(
    { id: 'R3', title: 'one key of the doorbell is evicted', times: { quick: 5, full: 25 } },
    async (_world, admin, _random, n) => {
      await admin.send('DEL', `bq:assayer-doorbell:${keys[n % keys.length]}`)
    },
  ),
  row(
    { id: 'R4', title: 'Redis is full', times: { quick: 2, full: 10 } },
    async (_world, admin, _random, n) => {
      await admin.send('CONFIG', 'SET', 'maxmemory-policy', n % 2 === 0 ? 'noeviction' : 'volatile-lru')
      await admin.send('CONFIG', 'SET', 'maxmemory', '1mb')
    },
    async (_world, admin) => void (await admin.send('CONFIG', 'SET', 'maxmemory', '0')),
  ),
  row({ id: 'R5', title: 'Redis is paused', times: { quick: 2, full: 10 } }, async (_world, admin) => {
    await admin.send('CLIENT', 'PAUSE', '3000', 'ALL')
  }),
  row(
    { id: 'R6', title: 'Redis is cut off: black hole, then refused', times: { quick: 2, full: 10 } },
    async (world, _admin, _random, n) => {
      world.redisProxy.set(n % 2 === 0 ? 'hole' : 'cut')
      await pause(n % 2 === 0 ? 2500 : 500)
    },
    async (world) => {
      world.redisProxy.set('cut')
      world.redisProxy.set('pass')
    },
  ),
  row({ id: 'R7', title: 'Redis flaps while all is idle', times: { quick: 1, full: 3 } }, async (world) => {
    for (let n = 0; n < 20; n++) {
      world.redisProxy.set('cut')
      await pause(50)
      world.redisProxy.set('pass')
      await pause(200)
    }
  }),
]
