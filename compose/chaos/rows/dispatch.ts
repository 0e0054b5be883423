import type { Row } from '../row.ts'
import { inLanes } from '../lanes.ts'
import type { Random } from '../random.ts'
import { pause } from '../supervise.ts'
import { claimedAfter, outcomeOf } from '../watch.ts'
import type { World, WorldOptions } from '../world.ts'

/** Orders a scan, writes down how long after its acceptance it was claimed, and waits for its end. */
async function dispatch(world: World, label: string, host: { url: string }): Promise<void> {
  const accepted = await world.ledger.order({ targets: [host.url] })
  world.tally.time(label, await claimedAfter(world, accepted))
  await outcomeOf(world, accepted)
}

const limits = () => AbortSignal.timeout(3_600_000)
const numbers = (length: number) => Array.from({ length }, (_, n) => n)

type Idle = { id: string; title: string; label: string; expected: string; world: WorldOptions; full: number }
/** One order after the other, at any moment of the poll, while a slot is free; the scanner ends at once. */
const idle = ({ id, title, label, expected, world: options, full }: Idle): Row => ({
  id,
  title,
  expected,
  world: { workers: 1, scanner: 'ends-at-once', ...options },
  times: { quick: 20, full },
  async run(world, random, times) {
    const site = await world.sites.open('answers')
    world.sites.spoil(site.host)
    // What a first order alone has to do does not count.
    await dispatch(world, 'first order', site)
    await inLanes(numbers(times), 1, limits(), async () => {
      await pause(random.between(0, 100))
      await dispatch(world, label, site)
    })
    return []
  },
})

const slots = 8

/** How long one run takes, claim to end, when nothing else runs. */
async function runMs(world: World): Promise<number> {
  const [row] = await world.sql<{ ms: number }[]>`
    select avg(extract(epoch from ended_at - claimed_at))::float8 * 1000 as ms from attempts where ended_at is not null`
  return row?.ms ?? 1000
}

/** Orders as evenly as a clock's hand, with a little chance, so that four fifths of the slots are taken. */
async function atLoad(world: World, random: Random, times: number, label: string): Promise<void> {
  const sites = await Promise.all(numbers(slots * 8).map(() => world.sites.open('answers')))
  for (const site of sites) world.sites.spoil(site.host)
  await inLanes(sites.slice(0, 4), 1, limits(), async (site) => await dispatch(world, 'first order', site))
  const everyMs = (await runMs(world)) / (0.8 * slots)
  const all: Promise<void>[] = []
  const begun = performance.now()
  for (const n of numbers(times)) {
    const site = sites[n % sites.length]
    if (site !== undefined) all.push(dispatch(world, label, site))
    const next = begun + (n + 1) * everyMs + random.between(-0.3, 0.3) * everyMs
    await pause(Math.max(0, next - performance.now()))
  }
  await Promise.all(all)
}

const d4: Row = {
  id: 'D4',
  title: 'orders come while four fifths of the slots are taken',
  expected: 'claimed within 150 ms',
  world: { workers: 1, scanner: 'takes-a-second', workerEnv: { WORKER_CONCURRENCY: String(slots) } },
  times: { quick: 20, full: 1000 },
  async run(world, random, times) {
    await atLoad(world, random, times, 'commit to claim at 80% load')
    return []
  },
}

/** Commit to claim. The doorbell is measured without NOTIFY, so that it alone brings the work. */
export const dispatchRows: Row[] = [
  idle({
    id: 'D1',
    title: 'orders come to an idle worker that hears Redis alone',
    expected: 'claimed within 30 ms',
    label: 'commit to claim by Redis',
    world: { sessionUrl: false, workerEnv: { DATABASE_POOLED: '1' } },
    full: 1000,
  }),
  idle({
    id: 'D2',
    title: 'orders come to an idle worker without Redis',
    expected: 'claimed within 30 ms',
    label: 'commit to claim by NOTIFY',
    world: { redis: false },
    full: 1000,
  }),
  idle({
    id: 'D3',
    title: 'orders come to an idle worker that hears neither Redis nor NOTIFY',
    expected: 'claimed within 1.5 s',
    label: 'commit to claim by the poll',
    world: { redis: false, sessionUrl: false, workerEnv: { DATABASE_POOLED: '1' } },
    full: 500,
  }),
  d4,
]
