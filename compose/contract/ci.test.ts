import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startTestService } from '../e2e/service.ts'
import type { TestService } from '../e2e/service.ts'
import { freePort } from '../local/free-port.ts'
import { makeSay } from '../local/say.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { runShell, shellPath } from './shell.ts'

const page = await readFile(fileURLToPath(new URL('../../docs/ci.md', import.meta.url)), 'utf8')
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text)
const [script = '', plain = ''] = blocks('sh')
const [github = '', gitlab = ''] = blocks('yaml')
type GitHub = { jobs: { assayer: { env: Record<string, string>; steps: { run?: string }[] } } }
type GitLab = { assayer: { variables: Record<string, string>; script: string[] } }
const action = (parse(github) as GitHub).jobs.assayer
const job = (parse(gitlab) as GitLab).assayer

/** The shell of each job, and the variables that its file sets. What a runner installs first is at hand here. */
const jobs: [name: string, shell: string, env: Record<string, string>][] = [
  ['GitHub Actions', action.steps.map(({ run = '' }) => run).join('\n'), action.env],
  ['GitLab', job.script.join('\n'), job.variables],
  ['plain shell', plain, {}],
]

let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let folder: string
let path: string
let closed: number
let runs = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-ci-'))
  path = await shellPath(folder, { say: makeSay(process.stdout), env: process.env })
  site = await startWeakSite()
  closed = await freePort()
  service = await startTestService({ allow: [`127.0.0.1/32:${site.httpPort}`, `127.0.0.1/32:${closed}`] })
}, 300_000)
afterAll(async () => {
  await service.stop()
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a job's shell where its repository would be, with what the test sets in place of the example's. */
async function run(shell: string, set: Record<string, string>) {
  const cwd = join(folder, String(runs++))
  await mkdir(join(cwd, 'ci'), { recursive: true })
  await writeFile(join(cwd, 'ci/assayer.sh'), script)
  const order = JSON.stringify({ templates: { tags: ['config'] } })
  const ours = { ASSAYER_URL: service.url, ASSAYER_KEY: service.key, ORDER: order, RUN: `run-${runs}`, PATIENCE: '20' }
  const { code, said } = await runShell(shell, {
    cwd,
    env: { ...ours, ...set, PATH: path, HOME: cwd },
    timeoutMs: 150_000,
  })
  const sarif = await readFile(join(cwd, 'assayer.sarif'), 'utf8').catch(() => null)
  return { code, said, sarif: sarif === null ? null : (JSON.parse(sarif) as { runs: { results: unknown[] }[] }) }
}

describe.each(jobs)('the job for %s', (_, shell, env) => {
  test('is green for a completed scan with nothing at or above FAIL_ON, and leaves SARIF', async () => {
    const { code, said, sarif } = await run(shell, {
      ...env,
      ...at(`http://127.0.0.1:${site.httpPort}`),
      FAIL_ON: 'critical',
    })
    expect(code, said).toBe(0)
    expect(sarif?.runs[0]?.results.length).toBeGreaterThan(0)
  })

  test('fails with 1 for findings at or above FAIL_ON, and leaves SARIF', async () => {
    const { code, said, sarif } = await run(shell, {
      ...env,
      ...at(`http://127.0.0.1:${site.httpPort}`),
      FAIL_ON: 'info',
    })
    expect(code, said).toBe(1)
    expect(sarif?.runs[0]?.results.length).toBeGreaterThan(0)
  })

  test('fails with 3 for a partial scan, whatever it found, and leaves no SARIF', async () => {
    const targets = `http://127.0.0.1:${site.httpPort} http://127.0.0.1:${closed}`
    const { code, said, sarif } = await run(shell, { ...env, ...at(targets), FAIL_ON: 'none' })
    expect(code, said).toBe(3)
    expect(said).toContain('partial')
    expect(sarif).toBeNull()
  })

  test('fails with 4 when nobody answers', async () => {
    const nobody = { ASSAYER_URL: `http://127.0.0.1:${closed}`, PATIENCE: '1' }
    const { code, sarif } = await run(shell, { ...env, ...at('http://127.0.0.1:1'), ...nobody })
    expect(code).toBe(4)
    expect(sarif).toBeNull()
  })
})

test('a refused order is 2 and says what would allow it', async () => {
  const { code, said } = await run('bash ci/assayer.sh', at('https://app.example.com'))
  expect(code).toBe(2)
  expect(said).toContain('target-out-of-scope')
  expect(said).toContain('/targets/0')
})

test('a scan where nothing answered is 3', async () => {
  expect((await run('bash ci/assayer.sh', at(`http://127.0.0.1:${closed}`))).code).toBe(3)
})

test.each([{ FAIL_ON: 'hihg' }, { ORDER: '{' }])('a wrong variable is 2: %j', async (set) => {
  expect((await run('bash ci/assayer.sh', { ...at('http://127.0.0.1:1'), ...set })).code).toBe(2)
})

test('the key is on no command line', () => {
  expect(script).not.toMatch(/-H "Authorization/)
  expect(script).toContain(`-H @<(printf 'Authorization: Bearer %s' "$ASSAYER_KEY")`)
})

/** Settings of the test over those of the file. */
function at(targets: string) {
  const { url: ASSAYER_URL, key: ASSAYER_KEY } = service
  return { ASSAYER_URL, ASSAYER_KEY, TARGETS: targets, RUN: `run-${runs}` }
}
