import { connect } from '@assayer/schema/store'
import type { Frame } from '../frames.ts'
import { startedOnce, underLoad, untilServing } from '../load.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, outcomeOf, until, untilAsked } from '../watch.ts'
import { orderHosts } from './worker.ts'

const p4: Row = {
  id: 'P4',
  title: 'the server runs out of connections',
  expected: 'what runs goes on, as the lease has a connection of its own; orders are taken or refused with 503',
  world: { workers: 1, settings: { max_connections: '40' } },
  times: { quick: 1, full: 3 },
  async run(world, _random, times) {
    await world.script(null, { requests: 60 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 1)
      // Behind what the round before ordered.
      await untilAsked(world, hosts, 120_000)
      // The oracle's own connections, before there are none.
      await Promise.all(Array.from({ length: 4 }, () => world.sql`select pg_sleep(0.1)`))
      const hogs = connect(world.postgres.url, { name: 'hog', max: 60, forever: true })
      const held = Promise.allSettled(Array.from({ length: 60 }, () => hogs`select pg_sleep(4)`))
      await pause(1000)
      const site = await world.sites.open('answers')
      for (let tries = 0; tries < 5; tries++) {
        const { status, ms } = await world.ledger.try({ targets: [site.url] })
        world.tally.time('an answer while connections are short', ms)
        if (status !== 202 && status !== 503)
          wrong.push(`an order was answered with ${status} while connections were short`)
      }
      await hogs.end({ timeout: 1 })
      await held
    }
    return [...wrong, ...startedOnce(world)]
  },
}

const p6: Row = {
  id: 'P6',
  title: 'connections to PostgreSQL become half-open',
  expected:
    'a query fails at its deadline, its socket is given up, the next one works; the worker gives its attempt back',
  world: { workers: 1 },
  times: { quick: 1, full: 5 },
  settleMs: 120_000,
  async run(world, _random, times) {
    await world.script(null, { requests: 20 })
    const wrong: string[] = []
    const members = [...world.apis, ...world.workers]
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 1)
      await untilAsked(world, hosts)
      for (const { data, session } of members) for (const proxy of [data, session]) proxy.set('hole')
      const site = await world.sites.open('answers')
      const { status, ms } = await world.ledger.try({ targets: [site.url] })
      if (status !== 503)
        wrong.push(`an order on half-open connections was answered with ${status} after ${Math.round(ms)} ms`)
      world.tally.time('503 on half-open connections', ms)
      // New connections pass; those that are open stay silent for good.
      for (const { data, session } of members) for (const proxy of [data, session]) proxy.abandon()
      world.tally.time('connections pass again to serving', await untilServing(world))
    }
    return [...wrong, ...startedOnce(world)]
  },
}

const p10: Row = {
  id: 'P10',
  title: 'connections to PostgreSQL are reset at any moment, from their first message on',
  expected: 'nothing lost, nothing doubled, no loss counted, no process restarted',
  world: { workers: 2 },
  times: { quick: 40, full: 300 },
  settleMs: 120_000,
  async run(world, random, times) {
    await world.script(null, { requests: 20 })
    const proxies = [...world.apis, ...world.workers].flatMap(({ data, session }) => [data, session])
    for (const proxy of proxies) {
      proxy.tap(() => {
        if (random.between(0, 1) > 0.004) return 'pass'
        world.tally.count('replies lost')
        return 'lose-reply'
      })
    }
    await underLoad(world, random, times, async () => await pause(250), [1000, 2000])
    for (const proxy of proxies) proxy.tap(null)
    return startedOnce(world)
  },
}

/** The name under which a connection prepared the claim, from its Parse; what a Bind names. */
const isClaim = (): ((frame: Frame) => boolean) => {
  const names = new Set<string>()
  return ({ type, body }) => {
    const [first = '', second = ''] = body.toString('latin1').split('\0', 2)
    if (type === 'P' && second.includes('claim_turns')) names.add(first)
    return type === 'B' && names.has(second)
  }
}

const p11: Row = {
  id: 'P11',
  title: 'the reply to a claim is lost: the shard runs under a worker that does not know of it',
  expected: 'the worker gives it back within seconds, uncounted; the scan completes',
  world: { workers: 1 },
  times: { quick: 2, full: 20 },
  async run(world, _random, times) {
    await world.script(null, { requests: 5 })
    const data = world.workers.map((one) => one.data)
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const claims = isClaim()
      for (const proxy of data) proxy.reset()
      for (const proxy of data) proxy.tap((frame) => (claims(frame) ? 'lose-reply' : 'pass'))
      const since = performance.now()
      const accepted = await orderHosts(world, 1)
      await until('a claim', 30_000, async () => ((await busyWorkers(world)).size > 0 ? true : null), 10)
      for (const proxy of data) proxy.tap(null)
      world.tally.count('claims whose reply was lost')
      const { state, losses, attempts } = await outcomeOf(world, accepted)
      world.tally.time('order to the end, the reply to its claim lost', performance.now() - since)
      if (state !== 'completed' || losses > 0) wrong.push(`a scan ended ${state} after ${losses} losses`)
      if (!attempts.some(({ why }) => why === 'claim-unheard')) wrong.push('no claim was given back unheard')
    }
    return wrong
  },
}

/** Faults of connections rather than of the server. */
export const connectionRows: Row[] = [p4, p6, p10, p11]
