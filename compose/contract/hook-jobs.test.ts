import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startTestService } from '../e2e/service.ts'
import type { TestService } from '../e2e/service.ts'
import { findExecutable } from '../local/find-executable.ts'
import { makeSay } from '../local/say.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { runShell, shellPath } from './shell.ts'

const page = await readFile(fileURLToPath(new URL('../../docs/webhooks.md', import.meta.url)), 'utf8')
const [github = '', gitlab = ''] = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)
type GitHub = { jobs: { scan: { steps: { run: string; env: Record<string, string> }[] } } }
const step = (parse(github) as GitHub).jobs.scan.steps[0]
const job = (parse(gitlab) as { scan: { script: string[] } }).scan

/** A PATH on which these programs note their arguments in a file before they run. */
async function noting(names: string[], path: string): Promise<{ path: string; file: string }> {
  const [bin, file] = [join(folder, 'noting'), join(folder, 'arguments')]
  await mkdir(bin, { recursive: true })
  await writeFile(file, '')
  for (const name of names) {
    const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${file}'\nexec '${await findExecutable(name, { PATH: path })}' "$@"\n`
    await writeFile(join(bin, name), script, { mode: 0o755 })
  }
  return { path: `${bin}:${path}`, file }
}

let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-hook-jobs-'))
  path = await shellPath(folder, { say: makeSay(process.stdout), env: process.env })
  site = await startWeakSite()
  const allow = [`127.0.0.1/32:${site.httpPort}`]
  service = await startTestService({ allow, env: { SECRETS_KEY: 'ab'.repeat(32) } })
}, 300_000)
afterAll(async () => {
  await service.stop()
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  ['GitHub Actions', step?.run ?? '', { DELIVERY: '1658821493' }],
  ['GitLab', job.script.join('\n'), { CI_PIPELINE_ID: '1658821494', CI_COMMIT_BRANCH: 'main' }],
])('the job for %s orders a scan, and the same one when it is run again', async (name, shell, set) => {
  const order = { targets: [{ fromPayload: '/url' }], templates: { tags: ['git'] } }
  const body = { name, kind: 'hmac', order }
  const made = await service.call('/v1/triggers', { method: 'POST', body })
  const { id, secret } = (await made.json()) as { id: string; secret: string }
  const noted = await noting(['curl', 'date', 'od', 'openssl', 'sed'], path)
  const run = async (key: string) => {
    const ours = { ASSAYER_HOOK: `${service.url}/hooks/${id}`, ASSAYER_SECRET: key }
    const target = { TARGET: `http://127.0.0.1:${site.httpPort}` }
    const env = { ...ours, ...target, ...set, PATH: noted.path, HOME: folder }
    return await runShell(shell, { cwd: folder, env, timeoutMs: 60_000 })
  }
  const first = await run(secret)
  expect(first.code, first.said).toBe(0)
  const scan = JSON.parse(first.said) as { id: string; createdBy: object }
  expect(scan.createdBy).toEqual({ kind: 'trigger', id })
  const again = await run(secret)
  expect((JSON.parse(again.said) as { id: string }).id).toBe(scan.id)
  expect((await run('x'.repeat(64))).code).toBe(22)
  const shown = await readFile(noted.file, 'utf8')
  expect(shown).toContain('dgst -sha256')
  expect(shown).not.toContain(secret)
})
