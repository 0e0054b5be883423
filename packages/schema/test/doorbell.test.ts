import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createBell, listenToDoorbell } from '../src/doorbell/index.ts'
import { createLog } from '../src/log.ts'

const log = createLog('test', 'silent')
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function startServer(port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept')) break
  child.stdout.resume()
  cleanups.push(() => stop(child))
  return child
}
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** A listener, a bell, and a wait until a ring of ours is heard (rings again each 100 ms, up to a minute). */
function startBoth(port: number) {
  let heard = 0
  const redisUrl = `redis://127.0.0.1:${port}`
  const listener = listenToDoorbell({ redisUrl, log, onRing: () => void heard++ })
  const bell = createBell({ redisUrl, log })
  cleanups.push(
    () => listener.close(),
    () => bell.close(),
  )
  return async () => {
    const before = heard
    for (let tries = 0; tries < 600 && heard === before; tries++) {
      bell.ring()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return heard > before
  }
}

test('a bell is heard, also after the server restarted without its scripts', async () => {
  const port = await freePort()
  const first = await startServer(port)
  const heard = startBoth(port)
  expect(await heard()).toBe(true)
  await stop(first)
  await startServer(port)
  expect(await heard()).toBe(true)
})

test('a server that was not there at the start is used once it is', async () => {
  const port = await freePort()
  const heard = startBoth(port)
  await startServer(port)
  expect(await heard()).toBe(true)
})

test('ringing without a server never throws and is counted', async () => {
  const bell = createBell({ redisUrl: `redis://127.0.0.1:${await freePort()}`, log })
  cleanups.push(() => bell.close())
  for (let n = 0; n < 100; n++) bell.ring()
  expect(bell.lost()).toBe(100)
})
