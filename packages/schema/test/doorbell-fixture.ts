import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBell, listenToDoorbell } from '../src/doorbell/index.ts'
import { createLog } from '../src/log.ts'

const log = createLog('test', 'silent')
const cleanups: (() => Promise<unknown>)[] = []

/** Adds what `closeAll` does. */
export const onClose = (cleanup: () => Promise<unknown>): void => void cleanups.push(cleanup)

/** Closes what the fixtures opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
}

/** A port of loopback at which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A Redis of the test's own, from the file that the runner found. */
export async function startServer(port: number): Promise<ChildProcess> {
  const { TEST_REDIS_SERVER = 'redis-server', TEST_REDIS_LIBRARIES = '' } = process.env
  const args = ['--port', String(port), '--save', '', '--bind', '127.0.0.1', '--enable-debug-command', 'yes']
  const env = TEST_REDIS_LIBRARIES === '' ? {} : { LD_LIBRARY_PATH: TEST_REDIS_LIBRARIES }
  const child = spawn(TEST_REDIS_SERVER, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanups.push(() => stop(child))
  for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept')) break
  child.stdout.resume()
  return child
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Sends commands as one person at a terminal would, each answered before the next; returns the answers as Redis wrote them. */
export async function tell(port: number, ...commands: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  const answers: string[] = []
  for (const command of commands) {
    socket.write(`${command}\r\n`)
    const [chunk] = await once(socket, 'data')
    answers.push(String(chunk).trim())
  }
  socket.destroy()
  return answers
}

export type Both = {
  /** True once five rings in a row were each heard as exactly one bell; false when that did not come within 20 s. */
  work(): Promise<boolean>
  ring(): void
  lost(): number
  heard(): number
}

/** A bell and a listener. Coming back is itself heard once, so a single ring that is heard proves nothing: five do. */
export function startBoth(port: number): Both {
  let heard = 0
  const redisUrl = `redis://127.0.0.1:${port}`
  const listener = listenToDoorbell({ redisUrl, log, onRing: () => void heard++ })
  const bell = createBell({ redisUrl, log })
  cleanups.push(
    () => listener.close(),
    () => bell.close(),
  )
  const heardOnce = async () => {
    const [before, lost] = [heard, bell.lost()]
    bell.ring()
    for (let look = 0; look < 40 && heard === before && bell.lost() === lost; look++) await sleep(5)
    await sleep(5)
    return heard === before + 1 && bell.lost() === lost
  }
  return {
    async work() {
      let inARow = 0
      for (let tries = 0; tries < 400 && inARow < 5; tries++) {
        const once = await heardOnce()
        inARow = once ? inARow + 1 : 0
        if (!once) await sleep(50)
      }
      return inARow === 5
    },
    ring: () => bell.ring(),
    lost: () => bell.lost(),
    heard: () => heard,
  }
}
