import { randomBytes } from 'node:crypto'
import type { OwnAddress, Scope } from '@assayer/schema'
import { within } from './deadline.ts'
import { WardenError } from './warden-error.ts'
import type { Evidence, KilledMessage, OpenTarget, WardenMessage } from './warden-messages.ts'
import { spawnWarden } from './warden-process.ts'
import { createWardenRequests } from './warden-requests.ts'

export type WardenOptions = {
  /** Path of warden.ts or of its bundle. */
  entry: string
  own: OwnAddress[]
  /** ip:port; empty: the system's. */
  resolvers: string[]
  leaseMs: number
  marginMs: number
  /** Stops the warden, at any time. */
  signal?: AbortSignal
  /** The wall is shut for this attempt and its group killed: tokens ceased, or the warden ends. */
  onKilled: (attemptId: string, group: KilledMessage['group']) => void
  /**
   * It ended though nobody asked, or was killed as it did not answer, so every attempt lost its wall. Code null when a signal ended
   * it.
   */
  onExit: (code: number | null) => void
}

export type AttemptOrder = {
  attemptId: string
  scope: Scope
  targets: readonly OpenTarget[]
  requestsPerSecond: number
  maxConnections: number
  /** `systemClock.monotonic()` from before the claim was sent: the lease counts from there. */
  asOf: number
}

/** The worker's side of its warden. Once that ended, requests reject at once and the rest does nothing. What rejects is a `WardenError`. */
export type Warden = {
  port: number
  pid: number
  /** Lets an attempt through the wall, by credentials for its Nuclei alone. */
  open(order: AttemptOrder): Promise<{ user: string; password: string }>
  /** `startTime` as `readStartTime` gives it. */
  spawned(attemptId: string, pgid: number, startTime: string): void
  /** After a good renewal; `asOf` is `systemClock.monotonic()` from before the renewal was sent. */
  token(attemptIds: string[], asOf: number): void
  shut(attemptId: string): void
  evidence(attemptId: string, signal?: AbortSignal): Promise<Evidence>
  /** The attempt ended: it is shut and forgotten; the last evidence. */
  close(attemptId: string, signal?: AbortSignal): Promise<Evidence>
  /** Ends the process, which kills all groups that are left; at most ten seconds. */
  stop(): Promise<void>
}

const DEADLINES = { hello: 10_000, open: 15_000, report: 5_000 }

/** Starts the warden and waits until its wall listens. Rejects when that takes over ten seconds. */
export async function startWarden(options: WardenOptions): Promise<Warden> {
  const { entry, own, resolvers, leaseMs, marginMs, signal } = options
  signal?.throwIfAborted()
  const requests = createWardenRequests(() => warden.kill())
  const listening = Promise.withResolvers<number>()
  let stopping = false

  const onMessage = (message: WardenMessage) => {
    if (message.type === 'listening') listening.resolve(message.port)
    else if (message.type === 'killed') options.onKilled(message.attemptId, message.group)
    else requests.settle(message)
  }
  const onEnd = (code: number | null, cause?: Error) => {
    const error = new WardenError(`the warden has ended${code === null ? '' : ` with exit code ${code}`}`, { cause })
    requests.failAll(error)
    listening.reject(error)
    if (!stopping) options.onExit(code)
  }
  const warden = spawnWarden(entry, { onMessage, onEnd })

  const stop = async () => {
    stopping = true
    await warden.stop()
  }
  const report = async (kind: 'evidence' | 'close', attemptId: string, given?: AbortSignal): Promise<Evidence> => {
    const answer = requests.wait(kind, attemptId, DEADLINES.report, given)
    warden.send({ type: kind, attemptId })
    const evidence = await answer
    if (evidence === null) throw new WardenError('the warden answered without evidence')
    return evidence
  }

  signal?.addEventListener('abort', () => void stop(), { once: true })
  warden.send({ type: 'hello', own, resolvers, leaseMs, marginMs })
  const port = await within(listening.promise, DEADLINES.hello, null)
  if (port === null || warden.pid === undefined) {
    await stop()
    throw new WardenError('the warden did not answer "hello" in time')
  }

  return {
    port,
    pid: warden.pid,
    async open({ attemptId, targets, ...order }) {
      const user = randomBytes(12).toString('hex')
      const password = randomBytes(24).toString('hex')
      const answer = requests.wait('open', attemptId, DEADLINES.open)
      const needed = targets.map(({ host, port: at, address, scheme }) => ({ host, port: at, address, scheme }))
      warden.send({ type: 'open', attemptId, user, password, targets: needed, ...order })
      await answer
      return { user, password }
    },
    spawned: (attemptId, pgid, startTime) => warden.send({ type: 'spawned', attemptId, pgid, startTime }),
    token: (attemptIds, asOf) => warden.send({ type: 'token', attemptIds, asOf }),
    shut: (attemptId) => warden.send({ type: 'shut', attemptId }),
    evidence: async (attemptId, given) => await report('evidence', attemptId, given),
    close: async (attemptId, given) => await report('close', attemptId, given),
    stop,
  }
}
