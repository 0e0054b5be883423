import { connect } from '@assayer/schema/store'
import { startedOnce, underLoad, untilServing } from '../load.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, claimedAfter, until, untilAsked } from '../watch.ts'
import { tellAllFailed } from '../told-failed/tell-failed.ts'
import type { WorldOptions } from '../world.ts'
import { orderHosts } from './worker.ts'

const p1: Row = {
  id: 'P1',
  title: 'PostgreSQL restarts, fast and by crash',
  expected:
    'orders are refused with 503 meanwhile; serving again within 5 s; nothing lost, no loss counted, no process restarted',
  world: { workers: 2, direct: true },
  times: { quick: 4, full: 20 },
  settleMs: 120_000,
  async run(world, random, times) {
    await world.script(null, { requests: 15 })
    await underLoad(world, random, times, async (n) => {
      await pause(random.between(500, 2500))
      await world.postgres.restart?.(n % 2 === 0 ? 'fast' : 'immediate')
      world.tally.count('PostgreSQL restarts')
      world.tally.time('PostgreSQL accepts connections to serving', await untilServing(world))
    })
    return startedOnce(world)
  },
}

const p2: Row = {
  id: 'P2',
  title: 'two backends a second are killed',
  expected: 'nothing lost, nothing doubled, no loss counted, no process restarted',
  world: { workers: 2, workerEnv: { WORKER_CONCURRENCY: '4' } },
  times: { quick: 20, full: 500 },
  settleMs: 180_000,
  async run(world, random, times) {
    await world.script(null, { requests: 40, paceMs: 250 })
    await underLoad(
      world,
      random,
      times,
      async (n) => {
        await pause(500)
        // At the end only lease sessions, so that reapers live to see whose key is free.
        const leases = n >= times - 10
        const kind = leases ? 'assayer-lease' : 'assayer-%'
        if (leases) await pause(1500)
        const rows = await world.sql`
        select pg_terminate_backend(pid) from (
          select distinct on (application_name) pid, application_name from pg_stat_activity
          where application_name like ${kind} order by application_name, random()
        ) one_a_kind order by random() limit 1`
        world.tally.count('backends killed', rows.length)
      },
      [2500, 4500],
    )
    return startedOnce(world)
  },
}

const p7: Row = {
  id: 'P7',
  title: 'somebody holds a lock on the tables for seconds',
  expected: 'orders are refused with 503 in time and nothing piles up; all goes on afterwards',
  world: { workers: 1 },
  times: { quick: 1, full: 5 },
  async run(world, _random, times) {
    await world.script(null, { requests: 30 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 1)
      await untilAsked(world, hosts)
      const holder = connect(world.postgres.url, { name: 'holder', max: 1, forever: true })
      await holder.unsafe('begin; lock table scans in access exclusive mode')
      const site = await world.sites.open('answers')
      const { status, retryAfter, ms } = await world.ledger.try({ targets: [site.url] })
      world.tally.time('503 behind a lock', ms)
      if (status !== 503 || !retryAfter)
        wrong.push(`an order behind a lock was answered with ${status}${retryAfter ? '' : ' without Retry-After'}`)
      await holder.unsafe('commit')
      await holder.end({ timeout: 1 })
      world.tally.time('lock gone to serving', await untilServing(world))
    }
    return [...wrong, ...startedOnce(world)]
  },
}

const p9World: WorldOptions = { workers: 2 }
const p9: Row = {
  id: 'P9',
  title: 'a transaction stands idle with its snapshot for long',
  expected: 'scans go on; claims do not become slow (the second half beside the first)',
  world: p9World,
  times: { quick: 12, full: 300 },
  async run(world, random, seconds) {
    await world.script(null, { requests: 3, paceMs: 20 })
    const idler = connect(world.postgres.url, { name: 'idler', max: 1, forever: true })
    await idler.unsafe(
      `set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read; select count(*) from shards`,
    )
    const since = performance.now()
    const part = () => (performance.now() - since) / (seconds * 1000)
    while (part() < 1) {
      const half = part() < 0.5 ? 'first' : 'second'
      const accepted = await Promise.all([orderHosts(world, 1), orderHosts(world, 1)])
      for (const one of accepted)
        world.tally.time(`commit to claim beside an idle transaction, ${half} half`, await claimedAfter(world, one))
      await pause(random.between(100, 600))
    }
    await until('the end of all', 60_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
    await idler.unsafe('commit')
    await idler.end({ timeout: 1 })
    return []
  },
}

const p8: Row = {
  id: 'P8',
  title: 'each store function is executed and its caller told that it failed',
  expected: 'the caller knows that it may send it again, and then nothing more changes',
  world: { apis: 0, workers: 0, redis: false },
  times: { quick: 1, full: 1 },
  run: ({ postgres, tally }) => tellAllFailed(postgres.url, () => tally.count('store functions told that they failed')),
}

export const postgresRows: Row[] = [p1, p2, p7, p8, p9]
