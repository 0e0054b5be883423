import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from '../row.ts'
import { outcomeOf } from '../watch.ts'
import type { World } from '../world.ts'
import { orderHosts } from './worker.ts'

const starter = fileURLToPath(new URL('../../../packages/worker/templates/starter', import.meta.url))
const scanner = (world: World) => join(world.folder, 'nuclei.mjs')

/** What a worker is robbed of after its start. */
const robberies: Record<string, (path: { scanner: string; templates: string }) => Promise<void>> = {
  'its scanner': ({ scanner: path }) => rm(path),
  'its templates': ({ templates }) => rm(templates, { recursive: true }),
  'the files in its templates folder': async ({ templates }) => {
    for (const name of await readdir(templates)) await rm(join(templates, name), { recursive: true })
  },
}

async function rob(world: World, what: string, shards: number): Promise<string[]> {
  const folder = join(world.folder, `unfit-${world.workers.length}`)
  const own = { scanner: join(folder, 'nuclei.mjs'), templates: join(folder, 'templates') }
  await cp(scanner(world), own.scanner)
  await cp(starter, own.templates, { recursive: true })
  const sick = await world.startWorker({ NUCLEI_PATH: own.scanner, TEMPLATES_DIR: own.templates })
  await robberies[what]?.(own)
  const { state, reason, losses } = await outcomeOf(world, await orderHosts(world, shards), 300_000)
  const [row] = await world.sql<{ n: number }[]>`
    select count(*)::integer as n from attempts where worker_id = ${sick.current()?.ready.ready ?? null}`
  world.tally.count('shards tried by a worker that was robbed', row?.n ?? 0)
  await sick.stop()
  return [
    ...(state === 'completed' && losses === 0
      ? []
      : [`beside a worker robbed of ${what} a scan ended ${state} (${reason}) with ${losses} losses`]),
    ...((row?.n ?? 0) > 12 ? [`a worker robbed of ${what} tried ${row?.n} shards`] : []),
  ]
}

const n7: Row = {
  id: 'N7',
  title: 'a worker loses its scanner or its templates, beside a healthy one, with many shards waiting',
  expected: 'it gives back what it claimed, uncounted, and claims no more; nothing is dead, all completes',
  world: { workers: 1, workerEnv: { WORKER_CONCURRENCY: '4' } },
  times: { quick: 30, full: 200 },
  settleMs: 120_000,
  async run(world, _random, shards) {
    await world.script(null, { requests: 2, paceMs: 10, findings: 0 })
    const wrong: string[] = []
    for (const what of Object.keys(robberies)) wrong.push(...(await rob(world, what, shards)))
    return wrong
  },
}

/** Workers that cannot do their work. */
export const unfitRows: Row[] = [n7]
