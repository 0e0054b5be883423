import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startWeakSite } from './start-weak-site.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const run = (env: Record<string, string>) =>
  spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 })

test.each(['SIGTERM', 'SIGINT'] as const)('prints its ports when it serves and ends with 0 on %s', async (signal) => {
  const child = run({ PORT: '0' })
  const exit = once(child, 'exit')
  const [line] = await once(createInterface(child.stdout), 'line')
  const ports = JSON.parse(String(line)) as Record<string, number>
  expect(Object.keys(ports)).toEqual(['httpPort', 'tcpPort', 'tlsPort'])
  expect((await fetch(`http://127.0.0.1:${ports['httpPort']}/`)).status).toBe(200)
  child.kill(signal)
  expect(await exit).toEqual([0, null])
})

test.each([
  [{ PORT: '65536' }, 'PORT must be a number from 0 to 65535'],
  [{ PORT: 'http' }, 'PORT must be a number from 0 to 65535'],
  [{ HOST: '0.0.0.0' }, 'The weak site listens on loopback only'],
])('says what is wrong with %j and ends with 1', async (env, message) => {
  const child = run(env)
  const [[said], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')])
  expect([String(said).trim(), code]).toEqual([message, 1])
})

test('ends by itself with 1 when its port is taken, so it left no other port open', async () => {
  const site = await startWeakSite()
  const child = run({ PORT: String(site.httpPort) })
  const [[said], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')])
  await site.stop()
  expect(String(said)).toContain('could not open its ports: listen EADDRINUSE')
  expect(code).toBe(1)
})
