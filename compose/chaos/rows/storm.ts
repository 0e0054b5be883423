import type { Row } from '../row.ts'
import type { Random } from '../random.ts'
import type { Member } from '../members.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, takenOver, timeTakeovers, until } from '../watch.ts'
import type { World } from '../world.ts'
import { orderHosts } from './worker.ts'

const doomed = 5

/** Those of the first workers that run something. */
async function victims({ sql, workers }: World): Promise<Member[]> {
  const busy = await busyWorkers({ sql })
  return workers.slice(0, doomed).filter((member) => busy.has(member.current()?.ready.ready ?? ''))
}

/** Shards that wait or run. */
async function open({ sql }: World): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::integer as n from shards where ended_at is null`
  return row?.n ?? 0
}

/** Kills workers a second apart, now and then two at the same moment; those after the first five are spared and take over. */
async function storm(world: World, random: Random, times: number, most: number): Promise<void> {
  for (let kills = 0; kills < times;) {
    const all = await until(
      'a worker to kill',
      60_000,
      async () => {
        if ((await open(world)) < most) await orderHosts(world, most >> 1)
        const found = await victims(world)
        return found.length > 0 ? found : null
      },
      200,
    )
    const first = random.pick(all)
    const others = all.filter((member) => member !== first)
    const hit = random.between(0, 1) < 0.25 && others.length > 0 ? [first, random.pick(others)] : [first]
    for (const member of hit) {
      if (member.signal('SIGKILL') === null) continue
      world.tally.count('worker SIGKILLs')
      kills++
    }
    await pause(random.between(300, 1500))
  }
  await until('the end of all', 240_000, async () => ((await open(world)) === 0 ? true : null), 500)
}

const w13: Row = {
  id: 'W13',
  title: 'of ten workers with one slot each five are killed again and again, sometimes two at once',
  expected: 'an idle worker takes each lost shard over within 8 s',
  world: { workers: 10, workerEnv: { WORKER_CONCURRENCY: '1' } },
  times: { quick: 5, full: 125 },
  settleMs: 240_000,
  async run(world, random, times) {
    await world.script(null, { requests: 15, findings: 2 })
    await storm(world, random, times, 4)
    await timeTakeovers(world)
    return []
  },
}

const w14: Row = {
  id: 'W14',
  title: 'of six workers five are killed again and again, while more waits than they can run',
  expected: 'all ends; a lost shard, which runs alone, does not wait for ever behind others',
  world: { workers: 6 },
  times: { quick: 5, full: 125 },
  settleMs: 240_000,
  async run(world, random, times) {
    await world.script(null, { requests: 15, findings: 2 })
    await storm(world, random, times, 24)
    await timeTakeovers(world, `${takenOver} while all slots were taken`)
    return []
  },
}

/** Kills that overlap. */
export const stormRows: Row[] = [w13, w14]
