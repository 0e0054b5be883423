import { parseId } from '@assayer/schema'
import { outcomeOf } from '../chaos/watch.ts'
import type { World } from '../chaos/world.ts'
import type { Row } from './report.ts'
import { spanOf, withWorld } from './with-world.ts'

const targets = 1000
const shardSize = 25

/**
 * One worker and then four on the same 1,000 targets, each of which answers after 500 ms; two slots each, so that both come out
 * in even rounds. The scanner is the suite's own, which costs little beside the waiting: with Nuclei itself a small machine
 * would tell of its cores.
 */
export async function measureFleet(signal: AbortSignal): Promise<Row[]> {
  return await withWorld({}, signal, async (world) => {
    await world.script(null, { requests: 3, paceMs: 0, findings: 0 })
    const open = () => world.sites.open('answers', { answerMs: 500 })
    const sites = await Promise.all(Array.from({ length: targets }, open))
    const urls = sites.map(({ url }) => url)
    const one = await run(world, urls)
    for (let n = 1; n < 4; n++) await world.startWorker()
    const four = await run(world, urls)
    return [
      ['one worker', `${one.seconds.toFixed(1)} s, ${one.shards} shards`, ''],
      ['four workers', `${four.seconds.toFixed(1)} s, at most ${four.most} shards of one worker`, ''],
      ['four of one', `${(one.seconds / four.seconds).toFixed(2)} times as fast`, '>= 3.6'],
    ]
  })
}

async function run(world: World, urls: string[]) {
  const order = await world.ledger.order({ targets: urls, shardSize, limits: { requestsPerSecond: 1000 } })
  await outcomeOf(world, order, 140_000)
  return await spanOf(world, parseId('scan', order.id) ?? '')
}
