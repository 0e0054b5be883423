import { call } from '../../client/http.ts'
import type { Temper } from '../fake/script.ts'
import { stillRuns, childrenOf, knownProcess } from '../processes.ts'
import type { Known } from '../processes.ts'
import { inLanes } from '../lanes.ts'
import type { Row } from '../row.ts'
import { outcomeOf, until } from '../watch.ts'
import type { World } from '../world.ts'

/** The scanner that asks a host: the fake names itself in its requests, Nuclei runs alone in its worker. */
async function scannerAt(world: World, host: string): Promise<Known> {
  return await until(
    'a scanner',
    30_000,
    () => {
      const run = world.sites.visits(host).at(-1)?.run
      if (run === undefined) return null
      if (world.nuclei === 'fake') return knownProcess(Number(run.split('-')[0]))
      const worker = world.workers[0]?.current()?.process.pid ?? 0
      return childrenOf(worker).find(({ command }) => command.includes(' -l ')) ?? null
    },
    20,
  )
}

async function cancelOne(world: World, label: string): Promise<string[]> {
  const site = await world.sites.open('answers', { answerMs: world.nuclei === 'fake' ? 0 : 2000 })
  const [service] = world.services()
  if (service === undefined) return ['no API']
  const accepted = await world.ledger.order({ targets: [site.url] })
  const scanner = await scannerAt(world, site.host)
  const since = performance.now()
  await call(service, `/v1/scans/${accepted.id}/cancel`, { method: 'POST', headers: { Connection: 'close' } })
  await until('the end of the scanner', 30_000, () => (stillRuns(scanner) ? null : true), 10)
  world.tally.time(label, performance.now() - since)
  world.tally.count('cancels')
  const { state } = await outcomeOf(world, accepted)
  return state === 'cancelled' ? [] : [`a cancelled scan ended ${state}`]
}

type Kind = { id: string; title: string; label: string; temper: Temper; nuclei?: string }
const row = ({ id, title, label, temper, nuclei }: Kind): Row => ({
  id,
  title,
  expected: 'the scanner is gone soon, the scan is cancelled',
  world: { workers: 1, nuclei, workerEnv: { WORKER_CONCURRENCY: nuclei === undefined ? '4' : '1' } },
  times: { quick: 4, full: nuclei === undefined ? 100 : 30 },
  async run(world, _random, times) {
    await world.script(null, { temper, requests: 1000, paceMs: 50 })
    const wrong: string[] = []
    const each = Array.from({ length: times }, (_, n) => n)
    await inLanes(each, nuclei === undefined ? 4 : 1, AbortSignal.timeout(1_800_000), async () => {
      wrong.push(...(await cancelOne(world, label)))
    })
    return wrong
  },
})

const gone = 'cancel to the scanner gone'

/** Cancels; a deaf scanner stops asking half-way, so that its half comes at once. */
export const cancelRows = (nuclei: string): Row[] => [
  row({ id: 'C1', title: 'a running scan is cancelled', label: gone, temper: 'good' }),
  row({
    id: 'C2',
    title: 'a running scan is cancelled whose scanner ignores SIGINT',
    label: `${gone} that ignores SIGINT`,
    temper: 'deaf',
  }),
  row({
    id: 'C1-real',
    title: 'a running scan is cancelled (Nuclei)',
    label: `${gone} (Nuclei)`,
    temper: 'good',
    nuclei,
  }),
]
