import { setTimeout as sleep } from 'node:timers/promises'
import type { Parts } from '../local/stack.ts'
import { residentMiB, startApiWorld } from './api-world.ts'
import type { ApiWorld } from './api-world.ts'
import type { Load } from './load/generate.ts'
import { load, perSecond } from './load/load.ts'
import type { Row } from './report.ts'

const connections = 48

const whole = (value: number) => Math.round(value).toLocaleString('en')
const percent = (value: number) => `${Math.round(value * 100)}%`

/** The API's table: rates beside the ceilings of the same minute, times at 60% load, and what ten times its load does. */
export async function measureApi(parts: Parts, seconds: number, signal: AbortSignal): Promise<Row[]> {
  const world = await startApiWorld(parts, signal)
  try {
    await sleep(3000, undefined, { signal })
    const idle = await residentMiB(world.api.pid)
    const ask = asks(world, seconds)
    // Orders come last: they fill the first page with scans that have not ended.
    for (const one of [ask.hello, ask.oneQuery, ask.list, ask.show]) await one({ seconds: 2 })
    const hello = perSecond(await ask.hello())
    const one = perSecond(await ask.oneQuery())
    const list = perSecond(await ask.list())
    const show = perSecond(await ask.show())
    const again = perSecond(await ask.oneQuery())
    const ceiling = (one + again) / 2
    const steadyList = await ask.list({ rate: list * 0.6 })
    const steadyShow = await ask.show({ rate: show * 0.6 })
    const rows: Row[] = [
      ['API idle, resident', `${whole(idle.now)} MiB`, '<= 80 MiB'],
      ['node:http hello', `${whole(hello)} a second`, 'ceiling'],
      ['one `select` a request', `${whole(one)}, then ${whole(again)} a second`, 'ceiling'],
      ['list of 50 ended scans', `${whole(list)} a second, ${percent(list / ceiling)}`, '>= 50% of one query'],
      ['get one scan', `${whole(show)} a second, ${percent(show / ceiling)}`, '>= 60% of one query'],
      ['list at 60% load', times(steadyList), 'p99 <= 50 ms'],
      ['get at 60% load', times(steadyShow), 'p99 <= 50 ms'],
      ...(await overload(world, show, seconds)),
    ]
    const orders = await ask.order()
    const order = perSecond(orders)
    rows.push(['order a scan', `${whole(order)} a second, ${percent(order / ceiling)}`, '>= 15% and >= 1,500'])
    rows.push(['order at 60% load', times(await ask.order({ rate: order * 0.6 })), 'p99 <= 50 ms'])
    const open = perSecond(await ask.list())
    rows.push(['list of 50 scans that wait', `${whole(open)} a second, ${percent(open / ceiling)}`, ''])
    rows.push(['API resident at most', `${whole((await residentMiB(world.api.pid)).most)} MiB`, '<= 256 MiB'])
    return rows
  } finally {
    await world.stop()
  }
}

function asks({ port, hello, oneQuery, headers, scanId }: ApiWorld, seconds: number) {
  const get =
    (at: number, path: string) =>
    (more: { seconds?: number; rate?: number; connections?: number } = {}) =>
      load({ method: 'GET', port: at, path, headers, connections, seconds, ...more })
  const body = JSON.stringify({ targets: ['http://127.0.0.9:8080'] })
  return {
    hello: get(hello, '/'),
    oneQuery: get(oneQuery, '/'),
    list: get(port, '/v1/scans?limit=50'),
    show: get(port, `/v1/scans/${scanId}`),
    order: (more: { seconds?: number; rate?: number } = {}) =>
      load({
        method: 'POST',
        path: '/v1/scans',
        headers: { ...headers, 'Content-Type': 'application/json' },
        ...{ port, body, connections, seconds, ...more },
      }),
  }
}

const times = ({ p50, p99, refused, broken, shed }: Load): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${refused + broken + shed > 0 ? `, ${refused + broken + shed} not answered` : ''}`

/** Ten times the connections of the peak, with health asked every 50 ms meanwhile. */
async function overload(world: ApiWorld, peak: number, seconds: number): Promise<Row[]> {
  const health: number[] = []
  let over = false
  const watching = (async () => {
    while (!over) {
      const since = performance.now()
      const answer = await fetch(`http://127.0.0.1:${world.port}/healthz`)
      await answer.text()
      health.push(answer.ok ? performance.now() - since : Number.POSITIVE_INFINITY)
      await sleep(50)
    }
  })()
  const loaded = await asks(world, seconds).show({ connections: connections * 10, seconds: 2 * seconds })
  over = true
  await watching
  const slowest = health.toSorted((a, b) => b - a)[Math.floor(health.length / 100)] ?? Number.NaN
  const { shed, broken, refused } = loaded
  return [
    [
      'ten times the connections: answered',
      `${whole(perSecond(loaded))} a second, ${percent(perSecond(loaded) / peak)}`,
      '>= 90% of peak',
    ],
    ['the same: turned away, broken', `${whole(shed / loaded.seconds)} a second, ${broken + refused}`, '-, 0'],
    ['the same: health, p99', `${slowest.toFixed(0)} ms`, '<= 100 ms'],
    ['the same: resident', `${whole((await residentMiB(world.api.pid)).now)} MiB`, '<= 256 MiB'],
  ]
}
