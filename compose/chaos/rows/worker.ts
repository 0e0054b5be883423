import { stillRuns } from '../processes.ts'
import type { Random } from '../random.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, outcomeOf, takenOver, timeTakeovers, until, untilAsked } from '../watch.ts'
import type { Accepted } from '../ledger.ts'
import type { Member } from '../members.ts'
import type { World } from '../world.ts'

/** A scan of so many new hosts, a shard each. */
export async function orderHosts(world: World, hosts: number): Promise<Accepted & { hosts: string[] }> {
  const sites = await Promise.all(Array.from({ length: hosts }, () => world.sites.open('answers')))
  const accepted = await world.ledger.order({
    targets: sites.map(({ url }) => url),
    shardSize: 1,
    limits: { requestsPerSecond: 1000 },
  })
  return { ...accepted, hosts: sites.map(({ host }) => host) }
}

/** Workers that live and run something; a shard of one that was killed is still its own until that is noticed. */
async function busyMembers(world: World): Promise<Member[]> {
  const busy = await busyWorkers(world)
  return world.workers.filter((member) => busy.has(member.current()?.ready.ready ?? ''))
}

/** A worker that runs something, once there is one. */
export async function aBusyWorker(world: World, random: Random): Promise<Member> {
  return await until('a busy worker', 60_000, async () => {
    const members = await busyMembers(world)
    return members.length > 0 ? random.pick(members) : null
  })
}

const w2: Row = {
  id: 'W2',
  title: 'a worker is killed by SIGKILL in mid-run',
  expected: 'its scanner is gone at once, another attempt follows, late writes change nothing',
  world: { workers: 3 },
  times: { quick: 6, full: 25 },
  settleMs: 120_000,
  async run(world, random, times) {
    await world.script(null, { requests: 20 })
    for (let n = 0; n < times; n++) {
      if ((await busyMembers(world)).length < 2) await orderHosts(world, 4)
      const victim = await aBusyWorker(world, random)
      await pause(random.between(0, 1500))
      const already = world.seen.length
      const since = performance.now()
      if (victim.signal('SIGKILL') === null) continue
      world.tally.count('worker SIGKILLs')
      const orphans = world.seen.slice(already)
      await until('the end of the scanner', 10_000, () => (orphans.some(stillRuns) ? null : true), 10)
      world.tally.time('SIGKILL to its scanner gone', performance.now() - since)
    }
    await until('the end of all', 120_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
    await timeTakeovers(world, `${takenOver} where no worker lives for long`)
    return []
  },
}

const w1: Row = {
  id: 'W1',
  title: 'a worker gets SIGTERM',
  expected: 'its scanner is gone, its shards are released and not counted as losses, it exits 0 within 20 s',
  world: { workers: 2 },
  times: { quick: 3, full: 20 },
  async run(world, random, times) {
    await world.script(null, { requests: 15 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      await orderHosts(world, 2)
      const victim = await aBusyWorker(world, random)
      await pause(random.between(0, 1000))
      const process = victim.current()?.process
      const since = performance.now()
      if (process === undefined || victim.signal('SIGTERM') === null) continue
      const ending = await process.ended
      world.tally.count('worker SIGTERMs')
      world.tally.time('SIGTERM to exit', performance.now() - since)
      if (ending.code !== 0) wrong.push(`a worker ended by SIGTERM with ${ending.signal ?? ending.code}`)
    }
    return wrong
  },
}

const w5: Row = {
  id: 'W5',
  title:
    'a worker is stopped for longer than its lease, then goes on; its scanner has a child that strayed from its group',
  expected:
    'its warden shuts the wall and kills its scanner before another attempt begins; what it writes then changes nothing',
  world: { workers: 2 },
  times: { quick: 1, full: 3 },
  settleMs: 180_000,
  async run(world, random, times) {
    // Long enough for the lease of its worker to run out half-way.
    const seconds = 40 * world.timeFactor
    await world.script(null, { temper: 'strays', requests: 10 * seconds })
    const wrong: string[] = []
    const { sites } = world
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 2)
      await untilAsked(world, hosts)
      const victim = await aBusyWorker(world, random)
      await pause(random.between(0.25, 0.37) * seconds * 1000)
      const already = world.seen.length
      const stopped = victim.signal('SIGSTOP')
      if (stopped === null) continue
      const scanners = world.seen.slice(already).filter(({ command }) => command.includes('nuclei'))
      world.tally.count('worker SIGSTOPs')
      world.excuse.workers.set(stopped, Number.POSITIVE_INFINITY)
      const since = performance.now()
      await until('a takeover', 120_000, async () => ((await busyWorkers(world)).has(stopped) ? null : true), 100)
      world.tally.time('SIGSTOP to taken back', performance.now() - since)
      if (scanners.some(stillRuns))
        wrong.push('a scanner of the stopped worker still ran when its shard was taken over')
      await until('a request of the next attempt', 120_000, () =>
        hosts.some((host) => sites.visits(host).length > 1) ? true : null,
      )
      await pause(random.between(500, 3000))
      victim.signal('SIGCONT')
      await until('the end of all', 180_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
    }
    return wrong
  },
}

const w8: Row = {
  id: 'W8',
  title: 'a shard kills each worker that runs it',
  expected: 'it is dead after three losses; other scans complete, the innocent neighbour too',
  world: { workers: 2 },
  times: { quick: 1, full: 3 },
  settleMs: 120_000,
  async run(world, _random, times) {
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const [poison, innocent] = [await world.sites.open('answers'), await world.sites.open('answers')]
      world.sites.spoil(poison.host)
      await world.script(poison.host, { temper: 'kills-worker', requests: 6 })
      await world.script(innocent.host, { requests: 40 })
      const [bad, good] = [
        await world.ledger.order({ targets: [poison.url] }),
        await world.ledger.order({ targets: [innocent.url] }),
      ]
      const ended = await outcomeOf(world, bad, 120_000)
      const spared = await outcomeOf(world, good, 120_000)
      world.tally.count('poison shards')
      if (ended.reason !== 'shards-dead' || ended.losses !== 3)
        wrong.push(`the poison ended ${ended.state} (${ended.reason}) after ${ended.losses} losses`)
      if (spared.state !== 'completed') wrong.push(`the innocent neighbour ended ${spared.state} (${spared.reason})`)
    }
    return wrong
  },
}

export const workerRows: Row[] = [w1, w2, w5, w8]
