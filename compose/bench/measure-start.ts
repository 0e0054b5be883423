import { setTimeout as sleep } from 'node:timers/promises'
import { followScan } from '../client/follow.ts'
import { call } from '../client/http.ts'
import type { Scan } from '../client/types.ts'
import type { Say } from '../local/say.ts'
import { bundles, startStack } from '../local/stack.ts'
import { residentMiB } from './api-world.ts'
import { exportMany } from './export-many.ts'
import { firstAnswer } from './first-answer.ts'
import { rawNuclei } from './raw-nuclei.ts'
import type { Row } from './report.ts'

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const times = 5

/** Start-up, idle memory, and what a small scan costs over raw Nuclei with as cold a cache: medians of five. */
export async function measureStart(say: Say, signal: AbortSignal): Promise<Row[]> {
  const stack = await startStack({ say, signal, env: process.env, runtime: bundles })
  try {
    const rows: Row[] = []
    await sleep(3000, undefined, { signal })
    for (const { name, process: one } of stack.services.filter(({ name }) => name !== 'site')) {
      const { now } = await residentMiB(one.pid)
      rows.push([`${name} idle, resident`, `${now.toFixed(0)} MiB`, name === 'api' ? '<= 80 MiB' : '<= 100 MiB'])
    }
    const starts: number[] = []
    for (let n = 0; n < times; n++) starts.push(await firstAnswer(stack))
    rows.push(['API start to first answer', `${median(starts).toFixed(0)} ms`, '<= 150 ms'])
    const service = { url: stack.url, key: stack.key }
    const url = `http://127.0.0.1:${stack.site.httpPort}`
    const raw: number[] = []
    const ours: number[] = []
    let scanId = ''
    for (let n = 0; n < times; n++) {
      raw.push(await rawNuclei(stack.parts.nuclei, [url]))
      const since = performance.now()
      const ordered = await call(service, '/v1/scans', { method: 'POST', body: { targets: [url] }, signal })
      const { id } = (await ordered.json()) as Scan
      await followScan(service, id, {}, signal)
      scanId = id
      ours.push(performance.now() - since)
    }
    rows.push(['raw Nuclei on the weak site', `${median(raw).toFixed(0)} ms`, 'ceiling'])
    rows.push(['the same through Assayer', `${median(ours).toFixed(0)} ms`, ''])
    rows.push(['overhead', `${(median(ours) - median(raw)).toFixed(0)} ms`, '<= 150 ms'])
    const api = stack.services.find(({ name }) => name === 'api')?.process.pid ?? 0
    const run = await exportMany(service, scanId, 1_000_000, {
      databaseUrl: stack.parts.postgres.url,
      format: 'jsonl',
      signal,
      resident: async () => (await residentMiB(api)).now,
    })
    rows.push([`export of ${run.lines} findings`, `${run.seconds.toFixed(0)} s`, ''])
    rows.push(['of it a second', `${(run.mebibytes / run.seconds).toFixed(0)} MiB`, ''])
    rows.push(['API resident at most meanwhile', `${run.residentMost.toFixed(0)} MiB`, '<= 256 MiB'])
    rows.push(['of it more in the second half', `${run.residentLate.toFixed(0)} MiB`, '<= 10 MiB'])
    return rows
  } finally {
    await stack.stop()
  }
}
