import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { followScan } from '../client/follow.ts'
import { call } from '../client/http.ts'
import { readFindings } from '../client/read-findings.ts'
import { makeProgress, sentenceOf, tableOf } from '../client/show.ts'
import type { Scan } from '../client/types.ts'
import { writeReport } from '../client/write-report.ts'
import { cacheFolder } from './cache.ts'
import { startReceiver } from './demo-receiver.ts'
import { runScript } from './run-script.ts'
import { makeSay } from './say.ts'
import { startStack } from './stack.ts'

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

await runScript(async (signal) => {
  const say = makeSay(process.stdout)
  const begun = performance.now()
  say.line('Assayer demo: the whole service and a deliberately weak site, on loopback only.')
  const receiver = await startReceiver()
  const env = {
    ...process.env,
    SECRETS_KEY: process.env['SECRETS_KEY'] ?? randomBytes(32).toString('hex'),
    WEBHOOK_ALLOW: receiver.allow,
  }
  const stack = await startStack({ say, signal, env }).catch(async (error: unknown) => {
    await receiver.stop()
    throw error
  })
  signal.addEventListener('abort', () => say.line('stopping'), { once: true })
  try {
    const { url, key, site, parts } = stack
    say.line(
      `PostgreSQL ${parts.postgres.version}, ${parts.redis.url === null ? 'no Redis' : 'Redis'}, API at ${url}, ready after ${seconds(begun)}.`,
    )
    const targets = [`http://127.0.0.1:${site.httpPort}`, `127.0.0.1:${site.tcpPort}`, `127.0.0.1:${site.tlsPort}`]
    const service = { url, key }
    await receiver.subscribe(service, signal)
    const ordered = performance.now()
    const response = await call(service, '/v1/scans', {
      method: 'POST',
      body: { targets, labels: { from: 'demo' } },
      signal,
    })
    const { id, templatesSelected } = (await response.json()) as Scan
    say.line(`Ordered scan ${id} of ${targets.join(', ')} with ${templatesSelected} templates.`)
    const progress = makeProgress(process.stdout)
    const scan = await followScan(service, id, { onScan: progress.show }, signal).finally(progress.end)
    const took = seconds(ordered)
    const findings = await readFindings(service, id, signal)
    console.log(tableOf(findings))
    say.line(sentenceOf(scan))
    say.line(await receiver.arrival(`scan.${scan.state}`, signal))
    const report = join(cacheFolder(process.env), 'demo-report.html')
    await mkdir(dirname(report), { recursive: true })
    await writeReport(service, scan, { format: 'html', output: report, allowPartial: true }, signal)
    say.line(`The report for a browser: ${report}`)
    say.line(`From order to result ${took}; all together ${seconds(begun)}. Next: npx -y pnpm@12 dev`)
    return scan.state === 'completed' ? 0 : 1
  } finally {
    await stack.stop()
    await receiver.stop()
  }
})
