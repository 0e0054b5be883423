import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../local/free-port.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

const script = fileURLToPath(new URL('../client/scan.ts', import.meta.url))
let service: TestService
let site: Awaited<ReturnType<typeof startWeakSite>>
let url: string
let closed: string
beforeAll(async () => {
  site = await startWeakSite()
  url = `http://127.0.0.1:${site.httpPort}`
  closed = `http://127.0.0.1:${await freePort()}`
  service = await startTestService({ allow: ['127.0.0.1/32'] })
})
afterAll(async () => {
  await service.stop()
  await site.stop()
})

async function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], ASSAYER_URL: service.url, ASSAYER_KEY: service.key, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = Promise.all(
    [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).map(String).join('')),
  )
  const [code] = (await once(child, 'exit')) as [number]
  const [out = '', err = ''] = await texts
  return { code, out, err }
}
const few = ['--template', 'assayer-robots-paths', '--template', 'assayer-git-config']

test('0 for a completed scan with nothing at or above --fail-on, and a table of what it found', async () => {
  const { code, out, err } = await run([url, ...few])
  expect(err).toContain('completed')
  expect(out).toContain('assayer-robots-paths')
  expect(code).toBe(0)
})

test('1 for findings at or above --fail-on', async () => {
  const { code, out } = await run([url, ...few, '--fail-on', 'medium', '--format', 'jsonl'])
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { 'template-id': string })['template-id'])
      .toSorted(),
  ).toEqual(['assayer-git-config', 'assayer-robots-paths'])
  expect(code).toBe(1)
})

test('--output writes the report there, and says so', async () => {
  const output = join(await mkdtemp(join(tmpdir(), 'assayer-report-')), 'report.html')
  const { code, out, err } = await run([url, ...few, '--format', 'html', '--output', output])
  expect([code, out]).toEqual([0, ''])
  expect(err).toContain(`Written: ${output}`)
  expect(await readFile(output, 'utf8')).toMatch(/^<!doctype html>[^]*Robots[^]*<\/html>\n$/i)
  expect(await readdir(dirname(output))).toEqual(['report.html'])
  const nowhere = await run([url, ...few, '--output', join(output, 'x.csv')])
  expect([nowhere.code, nowhere.err.includes('Ordered')]).toEqual([2, false])
})

test('sarif of a partial scan is written with --allow-partial alone', async () => {
  const partial = [url, closed, ...few, '--fail-on', 'none', '--format', 'sarif']
  const refused = await run(partial)
  expect([refused.code, refused.out]).toEqual([3, ''])
  expect(refused.err).toContain('Not written: The scan is partial')
  const { out } = await run([...partial, '--allow-partial'])
  expect((JSON.parse(out) as { runs: { invocations: unknown[] }[] }).runs[0]?.invocations).toMatchObject([
    { executionSuccessful: false },
  ])
})

test('2 for a wrong command line and for a refused order, which prints the line that would allow it', async () => {
  expect((await run([])).code).toBe(2)
  expect((await run([url, '--fail-on', 'hihg'])).code).toBe(2)
  const refused = await run(['http://10.1.2.3:8080'])
  expect(refused.err).toContain('SCOPE_ALLOW=10.1.2.3/32:8080')
  expect(refused.err).not.toContain('    at ')
  expect(refused.code).toBe(2)
})

test('3 for a partial and for a failed scan whatever was found; a partial one with --allow-partial ends as a completed one', async () => {
  const partial = [url, closed, ...few, '--fail-on', 'none']
  const { code, err } = await run(partial)
  expect(err).toContain('partial (targets-unreachable')
  expect(code).toBe(3)
  expect((await run([...partial, '--allow-partial'])).code).toBe(0)
  const found = [url, closed, ...few, '--fail-on', 'medium']
  expect((await run(found)).code).toBe(3)
  expect((await run([...found, '--allow-partial'])).code).toBe(1)
  expect((await run([closed, ...few, '--fail-on', 'none'])).code).toBe(3)
  expect((await run([closed, ...few, '--fail-on', 'none', '--allow-partial'])).code).toBe(3)
})

test('4 when nobody answers', async () => {
  const { code, err } = await run([url], { ASSAYER_URL: closed })
  expect(err).toContain('cannot be reached')
  expect(code).toBe(4)
})

test('--allow makes the rule for exactly that host and port, and it is audited', async () => {
  await run(['https://scanme.example.com:8443', '--allow', '--yes'])
  const rules = await service.db.sql`select pattern from scope_rules`
  expect(rules.map(({ pattern }) => pattern as string)).toEqual(['scanme.example.com:8443'])
  const audited = await service.db.sql`select action from audit_events where action = 'scope-rule.created'`
  expect(audited).toHaveLength(1)
})

test('130 when interrupted', async () => {
  const child = spawn(process.execPath, [script, url], {
    env: { PATH: process.env['PATH'], ASSAYER_URL: service.url, ASSAYER_KEY: service.key },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await once(child.stderr, 'data')
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(130)
})
