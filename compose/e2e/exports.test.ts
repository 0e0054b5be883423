import { createRequire } from 'node:module'
import AjvDraft4 from 'ajv-draft-04'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding, Scan } from '../client/types.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { runNuclei } from './run-starter-set.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

const require = createRequire(import.meta.url)
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object

let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let scan: Scan
let findings: Finding[]
beforeAll(async () => {
  site = await startWeakSite()
  service = await startTestService({ allow: ['127.0.0.1/32'] })
  const targets = [`http://127.0.0.1:${site.httpPort}`, `127.0.0.1:${site.tcpPort}`, `127.0.0.1:${site.tlsPort}`]
  ;({ scan, findings } = await service.scan(targets))
})
afterAll(async () => {
  await service.stop()
  await site.stop()
})

const read = async (format: string) =>
  await (await service.call(`/v1/scans/${scan.id}/export?format=${format}&evidence=true`)).text()

test('jsonl of the demo scan is what Nuclei prints by hand', async () => {
  const flags = [
    '-etags',
    'dos,fuzz,bruteforce,local,intrusive',
    '-jsonl',
    '-ot',
    '-nh',
    '-rl',
    '500',
    '-rsr',
    '4194304',
  ]
  const { stdout } = await runNuclei([...flags, '-pt', 'http'], [`http://127.0.0.1:${site.httpPort}`])
  const events = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  /** All but what no two runs have in common, and the path of the template. */
  const lasting = (event: Record<string, unknown>) => {
    const { timestamp, request, response, 'curl-command': _command, 'template-path': _path, ...rest } = event
    expect([timestamp, request, response].map((one) => typeof one)).toEqual(['string', 'string', 'string'])
    const results = (rest['extracted-results'] ?? []) as string[]
    return { ...rest, 'extracted-results': results.toSorted() }
  }
  const keyOf = (event: Record<string, unknown>) =>
    ['template-id', 'matcher-name', 'matched-at', 'extracted-results'].map((name) => String(event[name])).join(' ')
  const sorted = (all: Record<string, unknown>[]) => all.map(lasting).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const ours = events(await read('jsonl')).filter(({ type, port }) => type === 'http' && port === String(site.httpPort))
  expect(sorted(ours)).toEqual(sorted(events(stdout)))
})

test('csv, sarif, html and markdown of the demo scan have all of its findings', async () => {
  const rows = parseCsv<{ fingerprint: string }>(await read('csv'), { columns: true, bom: true })
  const prints = findings.map(({ fingerprint }) => fingerprint).toSorted()
  expect(rows.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(prints)

  const validate = new AjvDraft4.default({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(
    schema,
  )
  const sarif = JSON.parse(await read('sarif')) as {
    runs: { results: { partialFingerprints: Record<string, string> }[]; invocations: unknown[] }[]
  }
  validate(sarif)
  expect(validate.errors).toBeNull()
  const [run] = sarif.runs
  expect(run?.invocations).toMatchObject([{ executionSuccessful: true }])
  expect(run?.results.map((one) => one.partialFingerprints['assayerFingerprint/v1']).toSorted()).toEqual(prints)

  const [html, markdown] = [await read('html'), await read('markdown')]
  for (const { templateId } of findings) {
    expect(html).toContain(templateId)
    expect(markdown).toContain(templateId)
  }
  expect(markdown.split('\n')[0]).toBe(`## Scan completed: ${findings.length} findings`)
  expect(html.endsWith('</html>\n')).toBe(true)
})
