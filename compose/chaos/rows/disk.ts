import { mountDisk } from '../disk.ts'
import type { Disk } from '../disk.ts'
import { startedOnce, untilServing } from '../load.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { call } from '../../client/http.ts'
import { busyWorkers, outcomeOf, until } from '../watch.ts'
import type { World } from '../world.ts'
import { orderHosts } from './worker.ts'

const notHere = (world: World): string[] => {
  world.tally.count('left out: no disk can be mounted here')
  return []
}

/** The attempts that a worker had, by how they ended. */
async function endsAt({ sql }: World, workerId: string): Promise<Record<string, number>> {
  const rows = await sql<{ how: string; n: number }[]>`
    select coalesce(detail->>'why', outcome, 'runs') as how, count(*)::integer as n from attempts
    where worker_id = ${workerId} group by 1`
  return Object.fromEntries(rows.map(({ how, n }) => [how, n]))
}

async function fullFolder(world: World, disk: Disk): Promise<string[]> {
  const sick = await world.startWorker({ SCAN_DIR: disk.path, WORKER_CONCURRENCY: '8' })
  const id = sick.current()?.ready.ready ?? ''
  await disk.fill()
  const { state, losses } = await outcomeOf(world, await orderHosts(world, 30), 120_000)
  const ends = await endsAt(world, id)
  const tried = Object.values(ends).reduce((sum, n) => sum + n, 0)
  world.tally.count('shards tried on a full folder', tried)
  await disk.free()
  await until(
    'a claim of the healed worker',
    60_000,
    async () => {
      if ((await busyWorkers(world)).size === 0) await orderHosts(world, 4)
      return (await endsAt(world, id))['completed'] ? true : null
    },
    500,
  )
  await sick.stop()
  return [
    ...(state === 'completed' ? [] : [`the scan ended ${state}`]),
    ...(losses === 0 ? [] : [`a full folder was counted as ${losses} losses`]),
    ...(tried > 16 ? [`the worker with the full folder tried ${tried} shards`] : []),
  ]
}

const w7: Row = {
  id: 'W7',
  title: "a worker's scan folder is full, beside a healthy worker",
  expected: 'its shards are given back uncounted and it claims no more; once there is space it claims again',
  world: { workers: 1 },
  times: { quick: 1, full: 5 },
  settleMs: 120_000,
  async run(world, _random, times) {
    await world.script(null, { requests: 5, paceMs: 50 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const disk = await mountDisk(96)
      if (disk === null) return notHere(world)
      wrong.push(...(await fullFolder(world, disk)))
      await disk.stop()
    }
    return wrong
  },
}

const p5: Row = {
  id: 'P5',
  title: "the database's disk is full, data and log",
  expected: 'orders are refused with 503, what is there can be read; with space again all goes on by itself',
  world: { workers: 1, diskMebibytes: 256, settings: { max_wal_size: '64MB', min_wal_size: '32MB' } },
  times: { quick: 1, full: 5 },
  settleMs: 180_000,
  async run(world, _random, times) {
    const { disk } = world
    if (disk === null) return notHere(world)
    await world.script(null, { requests: 40 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const { id } = await orderHosts(world, 2)
      await disk.fill()
      const refused = await ordersUntilRefused(world, wrong)
      world.tally.count('orders until the full disk refused one', refused)
      const [service] = world.services()
      const read = await call(service ?? { url: '', key: '' }, `/v1/scans/${id}`, {
        headers: { Connection: 'close' },
      }).catch((error: unknown) => error)
      if (read instanceof Error) wrong.push(`with a full disk a scan could not be read: ${read.message}`)
      await pause(3000)
      await disk.free()
      // A server that could not write its log ended, and its supervisor starts it again.
      if (!(await answers(world))) await world.postgres.restart?.('immediate')
      world.tally.time('space again to serving', await untilServing(world))
    }
    return [...wrong, ...startedOnce(world)]
  },
}

/** Orders of many targets until one is refused, for their rows take space; how many that were. */
async function ordersUntilRefused(world: World, wrong: string[]): Promise<number> {
  const site = await world.sites.open('answers')
  const targets = Array.from({ length: 500 }, (_, n) => `${site.url}/?${n}`)
  for (let n = 1; n <= 60; n++) {
    const { status } = await world.ledger.try({ targets })
    if (status === 503) return n
    if (status !== 202) wrong.push(`an order was answered with ${status} while the disk was full`)
  }
  wrong.push('sixty orders of 500 targets were taken by a full disk')
  return 60
}

const answers = async ({ sql }: World): Promise<boolean> =>
  await sql`select 1`.then(
    () => true,
    () => false,
  )

/** Disks without space. */
export const diskRows: Row[] = [w7, p5]
