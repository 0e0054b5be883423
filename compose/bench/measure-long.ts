import { parseId } from '@assayer/schema'
import { outcomeOf } from '../chaos/watch.ts'
import { rawNuclei } from './raw-nuclei.ts'
import type { Row } from './report.ts'
import { withWorld } from './with-world.ts'

const targets = 25

/** One shard of many targets that answer slowly by raw Nuclei, and the same by Assayer: templates, flags and a cold cache alike. */
export async function measureLong(nuclei: string, signal: AbortSignal): Promise<Row[]> {
  return await withWorld({ nuclei, workerEnv: { WORKER_CONCURRENCY: '1' } }, signal, async (world) => {
    const open = () => world.sites.open('answers', { answerMs: 200 })
    const urls = (await Promise.all(Array.from({ length: targets }, open))).map(({ url }) => url)
    const before = world.sites.requests()
    const raw = await rawNuclei(nuclei, urls, 'http')
    const rawRequests = world.sites.requests() - before
    const order = await world.ledger.order({ targets: urls, templates: { protocols: ['http'] } })
    const { state } = await outcomeOf(world, order, 140_000)
    const [row] = await world.sql<{ ms: number }[]>`
      select extract(epoch from finished_at - created_at)::float8 * 1000 as ms from scans
      where id = ${parseId('scan', order.id) ?? ''}`
    const ours = row?.ms ?? Number.NaN
    const requests = world.sites.requests() - before - rawRequests
    return [
      [`raw Nuclei, ${targets} targets`, `${(raw / 1000).toFixed(1)} s, ${rawRequests} requests`, 'ceiling'],
      ['the same through Assayer', `${(ours / 1000).toFixed(1)} s, ${requests} requests, ${state}`, ''],
      ['of its speed', (raw / ours).toFixed(3), '>= 0.97'],
    ]
  })
}
