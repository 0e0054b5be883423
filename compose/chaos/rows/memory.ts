import { limitMemory } from '../memory-limit.ts'
import { childrenOf, stillRuns } from '../processes.ts'
import type { Row } from '../row.ts'
import { outcomeOf, until, untilAsked } from '../watch.ts'
import { aBusyWorker } from './worker.ts'

const w3: Row = {
  id: 'W3',
  title: 'the kernel kills a scanner that takes more memory than there is',
  expected: 'a counted loss; it runs again alone and completes; one that does it each time is dead after three',
  world: { workers: 1 },
  times: { quick: 1, full: 5 },
  settleMs: 120_000,
  async run(world, _random, times) {
    const wrong: string[] = []
    const limit = await limitMemory(192)
    if (limit === null) world.tally.count('no control group can be made here: the scanner sends itself SIGKILL')
    for (let n = 0; n < times; n++) {
      const [once, always, beside] = [
        await world.sites.open('answers'),
        await world.sites.open('answers'),
        await world.sites.open('answers'),
      ]
      const eats = { temper: 'eats-memory', noise: 512, requests: 6, group: limit?.processes ?? '' } as const
      for (const { host } of [once, always]) {
        world.excuse.hosts.add(host)
        await world.script(host, eats)
      }
      world.sites.spoil(always.host)
      const orders = await Promise.all([once, always, beside].map(({ url }) => world.ledger.order({ targets: [url] })))
      await untilAsked(world, [once.host])
      await until('the first loss', 60_000, async () => {
        const rows = await world.sql`
          select from shards s join shard_orders o on o.shard_id = s.id where ${once.host} = any (o.hosts) and s.losses > 0`
        return rows.length > 0 ? true : null
      })
      await world.script(once.host, { temper: 'good' })
      const [spared, dead, whole] = await Promise.all(orders.map((order) => outcomeOf(world, order, 120_000)))
      if (spared?.state !== 'completed' || spared.losses < 1)
        wrong.push(`a scan whose scanner was killed ended ${spared?.state} (${spared?.reason})`)
      if (dead?.reason !== 'shards-dead' || dead.losses !== 3)
        wrong.push(`a scanner that is killed each time ended ${dead?.state} (${dead?.reason})`)
      if (whole?.state !== 'completed') wrong.push(`the scan beside ended ${whole?.state} (${whole?.reason})`)
    }
    const kills = (await limit?.kills()) ?? 0
    world.tally.count('scanners killed by the kernel for memory', kills)
    if (limit !== null && kills < 4 * times) wrong.push(`the kernel killed ${kills} scanners, not ${4 * times}`)
    await limit?.stop()
    return [
      ...wrong,
      ...world.workers.filter((one) => one.starts() > 1).map(({ name }) => `${name} had to be started again`),
    ]
  },
}

const w3All: Row = {
  id: 'W3-all',
  title: 'the kernel kills all of a control group: worker, warden and scanners at once',
  expected: 'another worker takes over; nobody is left',
  world: { workers: 2 },
  times: { quick: 2, full: 10 },
  settleMs: 120_000,
  async run(world, random, times) {
    await world.script(null, { requests: 30 })
    for (let n = 0; n < times; n++) {
      const site = await world.sites.open('answers')
      const order = await world.ledger.order({ targets: [site.url] })
      await untilAsked(world, [site.host])
      const victim = await aBusyWorker(world, random)
      const children = childrenOf(victim.current()?.process.pid ?? 0)
      // As the kernel does with memory.oom.group: SIGKILL to each, the worker first.
      if (victim.signal('SIGKILL') !== null) world.tally.count('worker SIGKILLs')
      for (const child of children) if (stillRuns(child)) process.kill(child.pid, 'SIGKILL')
      world.tally.count('whole groups killed')
      await outcomeOf(world, order, 120_000)
    }
    return []
  },
}

/** Memory that is not there. */
export const memoryRows: Row[] = [w3, w3All]
