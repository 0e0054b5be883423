import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/wall/clock.ts'
import { readStartTime } from '../../src/wall/kill-group.ts'
import { startWarden, type AttemptOrder, type Warden, type WardenOptions } from '../../src/wall/start-warden.ts'
import { listen } from './helpers.ts'

const file = (name: string) => new URL(name, import.meta.url).pathname

/** Starts a script of fixtures/ in a group of its own, killed with the test. */
export function start(script: string, ...args: string[]): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, [file(`fixtures/${script}`), ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${script} did not start`)
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It is gone, as it should be.
    }
  })
  return Object.assign(child, { pid })
}

/** A place where processes hold connections, so that a test can wait for their death. */
export async function meetingPlace() {
  const arrived: Socket[] = []
  const waiting: (() => void)[] = []
  const { port } = await listen((socket) => {
    arrived.push(socket)
    for (const wake of waiting.splice(0)) wake()
  })
  /** The connections of the first `count` processes. */
  const come = async (count: number): Promise<Socket[]> => {
    while (arrived.length < count) await new Promise<void>((resolve) => void waiting.push(resolve))
    return arrived.slice(0, count)
  }
  return { port: String(port), come }
}

/** A process group that stays until it is killed: its leader's pid and start time, and the end of its connections. */
export async function group(...args: string[]) {
  const place = await meetingPlace()
  const { pid } = start('stay.ts', place.port, ...args)
  const sockets = await place.come(args.length + 1)
  const gone = Promise.all(
    sockets.map(async (socket) => {
      socket.resume()
      await once(socket, 'end')
    }),
  )
  return { pgid: pid, startTime: readStartTime(pid) ?? '', gone }
}

/** A real warden, stopped with the test, and what it reported. */
export async function warden(more: Partial<WardenOptions> = {}): Promise<{ warden: Warden; killed: string[] }> {
  const killed: string[] = []
  const started = await startWarden({
    entry: file('../../src/wall/warden.ts'),
    own: [],
    resolvers: [],
    leaseMs: 60_000,
    marginMs: 8000,
    onKilled: (attemptId, end) => killed.push(`${attemptId} ${end}`),
    onExit: () => {},
    ...more,
  })
  onTestFinished(async () => await started.stop())
  return { warden: started, killed }
}

export function attempt(more: Partial<AttemptOrder> = {}): AttemptOrder {
  return {
    attemptId: 'a',
    scope: { rules: [], own: [] },
    targets: [],
    requestsPerSecond: 1000,
    maxConnections: 100,
    asOf: systemClock.monotonic(),
    ...more,
  }
}
