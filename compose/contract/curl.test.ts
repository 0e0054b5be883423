import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestService } from '../e2e/service.ts'
import type { TestService } from '../e2e/service.ts'
import { makeSay } from '../local/say.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { runShell, shellOf, shellPath } from './shell.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let folder: string
let receiver: Server
const answered = new Set<string>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-curl-'))
  site = await startWeakSite()
  receiver = createServer((_, response) => response.writeHead(204).end())
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  service = await startTestService({
    allow: [`127.0.0.1/32:${site.httpPort}`],
    env: { LOG_LEVEL: 'debug', SECRETS_KEY: 'ab'.repeat(32), WEBHOOK_ALLOW: `127.0.0.1/32:${portOf(receiver)}` },
    onApiLine(line) {
      if (!line.includes('"request answered"')) return
      const { route, status } = JSON.parse(line) as { route: string; status: number }
      if (status < 400) answered.add(route)
    },
  })
}, 300_000)
afterAll(async () => {
  await service.stop()
  await site.stop()
  receiver.close()
  await rm(folder, { recursive: true, force: true })
})

test('docs/curl.md runs from top to bottom, and has an example of every route that answers', async () => {
  const script = shellOf(await readFile(at('../../docs/curl.md'), 'utf8'))
  const path = await shellPath(folder, { say: makeSay(process.stdout), env: process.env })
  const target = `http://127.0.0.1:${site.httpPort}`
  const ours = { ASSAYER_URL: service.url, ASSAYER_KEY: service.key, TARGET: target }
  const env = { ...ours, PATH: path, HOME: folder, RECEIVER: `http://127.0.0.1:${portOf(receiver)}` }
  const { code, said } = await runShell(script, { cwd: folder, env, timeoutMs: 150_000 })
  expect(code, said).toBe(0)
  const document = JSON.parse(await readFile(at('../../packages/api/openapi.json'), 'utf8')) as {
    paths: Record<string, object>
  }
  const routes = Object.entries(document.paths).flatMap(([route, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${route.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  // The log is buffered.
  await expect.poll(() => routes.filter((route) => !answered.has(route)), { timeout: 15_000 }).toEqual([])
})

const portOf = (server: Server): number => (server.address() as AddressInfo).port
