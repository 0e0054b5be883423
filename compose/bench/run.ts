import { readFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from '../client/http.ts'
import { followScan } from '../client/follow.ts'
import type { Scan } from '../client/types.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { bundles, startStack } from '../local/stack.ts'
import { exportMany } from './export-many.ts'
import { firstAnswer } from './first-answer.ts'
import { rawNuclei } from './raw-nuclei.ts'

const residentMiB = async (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Prints start-up, idle memory and the overhead over raw Nuclei, each as median of five, with versions. */
await runScript(async (signal) => {
  const say = makeSay(process.stderr)
  await import('../build.ts')
  const stack = await startStack({ say, signal, env: process.env, runtime: bundles })
  const rows: [string, string, string][] = []
  try {
    const service = { url: stack.url, key: stack.key }
    await sleep(3000, undefined, { signal })
    for (const { name, process: one } of stack.services.filter(({ name }) => name !== 'site')) {
      rows.push([
        `${name} resident when idle`,
        `${(await residentMiB(one.pid)).toFixed(0)} MiB`,
        name === 'api' ? '<= 110 MiB' : '<= 100 MiB',
      ])
    }
    const starts: number[] = []
    for (let n = 0; n < 5; n++) starts.push(await firstAnswer(stack))
    rows.push(['API start to first answer', `${median(starts).toFixed(0)} ms`, '<= 300 ms'])
    const url = `http://127.0.0.1:${stack.site.httpPort}`
    const raw: number[] = []
    const ours: number[] = []
    let scanId = ''
    for (let n = 0; n < 5; n++) {
      raw.push(await rawNuclei(stack.parts.nuclei, url))
      const since = performance.now()
      const { id } = (await (
        await call(service, '/v1/scans', { method: 'POST', body: { targets: [url] }, signal })
      ).json()) as Scan
      await followScan(service, id, {}, signal)
      scanId = id
      ours.push(performance.now() - since)
    }
    rows.push(['scan of the weak site, raw Nuclei', `${median(raw).toFixed(0)} ms`, ''])
    rows.push(['the same through Assayer', `${median(ours).toFixed(0)} ms`, ''])
    rows.push(['overhead', `${(median(ours) - median(raw)).toFixed(0)} ms`, '<= 1000 ms'])
    const api = stack.services.find(({ name }) => name === 'api')?.process.pid ?? 0
    const databaseUrl = stack.parts.postgres.url
    const run = await exportMany(service, scanId, 1_000_000, {
      ...{ databaseUrl, format: 'jsonl', resident: () => residentMiB(api) },
    })
    rows.push([`export of ${run.lines} findings`, `${run.seconds.toFixed(0)} s`, ''])
    rows.push(['of it a second', `${(run.mebibytes / run.seconds).toFixed(0)} MiB`, ''])
    rows.push(['API resident at most meanwhile', `${run.residentMost.toFixed(0)} MiB`, '<= 256 MiB'])
    rows.push(['of it more in the second half', `${run.residentLate.toFixed(0)} MiB`, '<= 10 MiB'])
    console.log(
      `Node ${process.version}, PostgreSQL ${stack.parts.postgres.version}, Nuclei 3.11.1, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    )
    for (const [what, value, aim] of rows) console.log(`${what.padEnd(36)} ${value.padStart(10)}   ${aim}`)
    return 0
  } finally {
    await stack.stop()
  }
})
