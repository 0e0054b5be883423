import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Decide } from './admit.ts'
import { createAttempt, evidenceOf, pinTargets, shutAttempt, type WallAttempt } from './attempt.ts'
import { createBudget } from './budget.ts'
import { systemClock, type Clock } from './clock.ts'
import type { ResolveName } from './resolve.ts'
import { serveClient, type WallDeadlines } from './serve-client.ts'
import type { Credentials } from './socks.ts'
import { roomForClients, watchStandstill } from './strain.ts'
import type { Evidence, OpenMessage } from './warden-messages.ts'

/** The only way out for Nuclei. What is asked of an attempt that is not open gives null. */
export type Wall = {
  port: number
  /** Lets an attempt in. Throws when its id or user is there already. */
  open(order: Omit<OpenMessage, 'type' | 'asOf'>): void
  /** Looks up its targets' names, so that their addresses are let through too; at most ten seconds. */
  pinTargets(attemptId: string): Promise<void>
  /** At once: no byte of the attempt goes out any more. Its evidence stays. */
  shut(attemptId: string): void
  evidence(attemptId: string): Evidence | null
  /** Shuts and forgets; the last evidence. */
  close(attemptId: string): Evidence | null
  stop(): Promise<void>
}

export type WallDeps = {
  resolve: ResolveName
  decide: Decide
  /** What nobody planned; the one connection it happened on is gone, the wall stands. */
  onError: (error: unknown) => void
  clock?: Clock
  deadlines?: Partial<WallDeadlines>
  maxClients?: number
}

const DEADLINES: WallDeadlines = { handshake: 10_000, wait: 10_000, dial: 10_000, idle: 120_000 }
/** Starts the wall on a free port of 127.0.0.1. */
export async function startWall({
  resolve,
  decide,
  onError,
  clock = systemClock,
  deadlines,
  maxClients = roomForClients(),
}: WallDeps): Promise<Wall> {
  const attempts = new Map<string, WallAttempt>()
  const users = new Map<string, WallAttempt>()
  const clients = new Set<Socket>()
  const budget = createBudget(clock)

  const authenticate = ({ user, password }: Credentials): WallAttempt | null => {
    const attempt = users.get(user)
    return attempt && !attempt.shut && samePassword(attempt.password, password) ? attempt : null
  }
  const serveDeps = { authenticate, decide, budget, clock, deadlines: { ...DEADLINES, ...deadlines } }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    serveClient(client, serveDeps).catch((error: unknown) => {
      client.destroy()
      onError(error)
    })
  })
  server.maxConnections = maxClients
  server.on('drop', () => attempts.forEach(({ strain }) => (strain.turnedAway += 1)))
  const endWatch = watchStandstill((ms) => attempts.forEach(({ strain }) => (strain.stoodStillMs += ms)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', onError)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the wall has no port')

  const shut = (attemptId: string) => {
    const attempt = attempts.get(attemptId)
    if (!attempt || attempt.shut) return
    shutAttempt(attempt)
    budget.leave(attemptId)
  }
  return {
    port: address.port,
    open(order) {
      if (attempts.has(order.attemptId) || users.has(order.user)) throw new Error('the attempt is open already')
      const attempt = createAttempt(order, resolve, clock)
      attempts.set(order.attemptId, attempt)
      users.set(order.user, attempt)
    },
    async pinTargets(attemptId) {
      const attempt = attempts.get(attemptId)
      if (attempt) await pinTargets(attempt, clock)
    },
    shut,
    evidence(attemptId) {
      const attempt = attempts.get(attemptId)
      return attempt ? evidenceOf(attempt) : null
    },
    close(attemptId) {
      const attempt = attempts.get(attemptId)
      if (!attempt) return null
      shut(attemptId)
      attempts.delete(attemptId)
      users.delete(attempt.user)
      return evidenceOf(attempt)
    },
    async stop() {
      endWatch()
      for (const attemptId of attempts.keys()) shut(attemptId)
      const closed = new Promise<void>((done) => void server.close(() => done()))
      for (const client of clients) client.destroy()
      await closed
    },
  }
}

function samePassword(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
