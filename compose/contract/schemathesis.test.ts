import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestService } from '../e2e/service.ts'
import type { TestService } from '../e2e/service.ts'
import { runCommand } from '../local/run-command.ts'
import { makeSay } from '../local/say.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { pythonTools } from './python.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const seed = process.env['SCHEMATHESIS_SEED'] ?? '1'
const examples = process.env['SCHEMATHESIS_EXAMPLES'] ?? '6'

/** Everything but 127.0.0.0/8: whatever rule a request makes and whatever name it orders, nothing leaves this machine. */
const elsewhere = ['0.0.0.0/2', '64.0.0.0/3', '96.0.0.0/4', '112.0.0.0/5', '120.0.0.0/6', '124.0.0.0/7', '126.0.0.0/8']
const beyond = ['128.0.0.0/1', '[::]/0']

let tool: Awaited<ReturnType<typeof pythonTools>>
let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let folder: string
beforeAll(async () => {
  tool = await pythonTools({ say: makeSay(process.stdout), env: process.env })
  folder = await mkdtemp(join(tmpdir(), 'assayer-schemathesis-'))
  site = await startWeakSite()
  service = await startTestService({
    allow: ['127.0.0.1/32:9', `127.0.0.1/32:${site.httpPort}`],
    deny: [...elsewhere, ...beyond],
    env: {
      ...{ RATE_LIMIT_PER_MINUTE: '0', RESOLVERS: '127.0.0.1:9' },
      ...{ SECRETS_KEY: 'ab'.repeat(32), WEBHOOK_ALLOW: '127.0.0.1/32:9' },
    },
  })
  // Findings, shards and targets for the lists to show and the links to follow.
  await service.scan([`http://127.0.0.1:${site.httpPort}`], { templates: { tags: ['config'] } })
}, 600_000)
afterAll(async () => {
  await service.stop()
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

test('positive acceptance is widened by operation alone, and only by 409, 412 and 422 that the document lists', async () => {
  const toml = await readFile(at('schemathesis.toml'), 'utf8')
  const document = JSON.parse(await readFile(at('../../packages/api/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string; responses: object }>>
  }
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const [general = '', ...blocks] = toml.split('[[operations]]')
  expect(general).not.toContain('checks')
  expect(toml).not.toMatch(/enabled|exclude/)
  for (const block of blocks) {
    expect([...block.matchAll(/checks\.(\S+)/g)].map(([, name]) => name)).toEqual(
      block.includes('checks') ? ['positive_data_acceptance.expected-statuses'] : [],
    )
    const words = (line: string) => [...line.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word)
    const ids = words(/include-operation-id = .*/.exec(block)?.[0] ?? '')
    const widened = words(/expected-statuses = .*/.exec(block)?.[0] ?? '').filter((one) => !byDefault.has(one))
    expect(ids.length).toBeGreaterThan(0)
    for (const id of ids) {
      const listed = Object.keys(operations.find(({ operationId }) => operationId === id)?.responses ?? {})
      for (const status of widened) {
        expect(['409', '412', '422']).toContain(status)
        expect(listed).toContain(status)
      }
    }
  }
})
const byDefault = new Set(['2xx', '3xx', '401', '403', '404', '409', '429'])

test(`schemathesis finds nothing (seed ${seed}, ${examples} examples: SCHEMATHESIS_SEED, SCHEMATHESIS_EXAMPLES)`, async () => {
  const { file, env } = tool('schemathesis')
  const report = join(folder, 'report.ndjson')
  const args = ['--config-file', at('schemathesis.toml'), 'run', `${service.url}/openapi.json`, '--checks', 'all']
  const more = ['--continue-on-failure', '--seed', seed, '--max-examples', examples, '--report', 'ndjson']
  const key = ['--header', `Authorization: Bearer ${service.key}`, '--report-ndjson-path', report]
  const { code, log } = await runCommand({
    ...{ name: 'schemathesis', file, args: [...args, ...more, ...key], cwd: folder, timeoutMs: 540_000 },
    env: { ...env, COLUMNS: '160' },
  })
  const found = code === 0 ? '' : log
  expect(found).toBe('')
  const statuses = await statusesIn(report)
  const all = [...statuses.values()].reduce((sum, n) => sum + n, 0)
  const count = (test: (status: number) => boolean) =>
    [...statuses].reduce((sum, [status, n]) => (test(status) ? sum + n : sum), 0)
  expect(all).toBeGreaterThan(1000)
  expect(count((status) => status < 300)).toBeGreaterThan(100)
  expect(count((status) => status >= 500)).toBe(0)
  expect(count((status) => status === 401 || status === 429) / all).toBeLessThanOrEqual(0.05)
}, 600_000)

/** How often each status was answered, of the events that schemathesis reports. */
async function statusesIn(path: string): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const event = JSON.parse(line) as Event
    for (const { response } of Object.values(event.ScenarioFinished?.recorder.interactions ?? {})) {
      const status = response?.status_code ?? 0
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  return statuses
}
type Event = {
  ScenarioFinished?: { recorder: { interactions?: Record<string, { response?: { status_code: number } | null }> } }
}
