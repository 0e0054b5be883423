import { decideConnect } from '@assayer/schema'
import { systemClock } from './clock.ts'
import { createGuard, type Guard } from './guard.ts'
import { killGroup } from './kill-group.ts'
import { createResolve } from './resolve.ts'
import { startWall, type Wall } from './wall.ts'
import type { HelloMessage, OpenMessage, SentByWarden, WorkerMessage } from './warden-messages.ts'
import { withoutNothing } from './without-nothing.ts'

/** A warden at work for one worker. */
type WardenSession = {
  /** Does what a message asks, tokens and shuts within the call. Throws when it comes before `hello`, or a second hello. */
  receive(message: WorkerMessage): void
  /** Shuts the wall and kills all groups within the call; the promise is for the wall's own socket. */
  end(): Promise<void>
}

type Parts = { wall: Wall; guard: Guard; own: HelloMessage['own'] }

type SessionDeps = {
  send: (message: SentByWarden) => void
  /** What nobody planned, on one connection; the session goes on. */
  onError: (error: unknown) => void
  /** The wall could not be started. */
  onFatal: (error: unknown) => void
}

export function createWardenSession({ send, onError, onFatal }: SessionDeps): WardenSession {
  let greeted = false
  let parts: Parts | null = null

  async function greet({ own, resolvers, leaseMs, marginMs }: HelloMessage): Promise<void> {
    const wall = await startWall({ resolve: createResolve(resolvers), decide: decideConnect, onError })
    const guard = createGuard({
      tokenMs: Math.max(0, leaseMs - marginMs),
      clock: systemClock,
      shut: (attemptId) => wall.shut(attemptId),
      kill: killGroup,
      onKilled: (attemptId, why, group) => send({ type: 'killed', attemptId, why, group }),
    })
    parts = { wall, guard, own: [...own, { address: '127.0.0.1', port: wall.port }] }
    send({ type: 'listening', port: wall.port })
  }

  async function open({ wall, guard, own }: Parts, { type, asOf, scope, ...order }: OpenMessage): Promise<void> {
    const { attemptId } = order
    try {
      wall.open({ ...order, scope: { ...scope, own: [...scope.own, ...own] } })
      guard.begin(attemptId, asOf)
      await wall.pinTargets(attemptId)
      send({ type: 'opened', attemptId })
    } catch (error) {
      send({ type: 'failed', attemptId, request: type, why: error instanceof Error ? error.message : 'unknown' })
    }
  }

  function report({ wall, guard }: Parts, attemptId: string, request: 'evidence' | 'close'): void {
    const evidence = request === 'close' ? wall.close(attemptId) : wall.evidence(attemptId)
    if (request === 'close') guard.forget(attemptId)
    if (evidence === null) return send({ type: 'failed', attemptId, request, why: 'the attempt is not open' })
    send({
      type: request === 'close' ? 'closed' : 'evidence',
      attemptId,
      ...evidence,
      targets: withoutNothing(evidence),
    })
  }

  return {
    receive(message) {
      if (message.type === 'hello') {
        if (greeted) throw new Error('a second hello')
        greeted = true
        greet(message).catch(onFatal)
        return
      }
      if (parts === null) throw new Error(`${message.type} before hello was answered`)
      switch (message.type) {
        case 'open':
          return void open(parts, message)
        case 'spawned':
          return parts.guard.spawned(message.attemptId, message)
        case 'token':
          return parts.guard.renew(message.attemptIds, message.asOf)
        case 'shut':
          return parts.wall.shut(message.attemptId)
        case 'evidence':
        case 'close':
          return report(parts, message.attemptId, message.type)
      }
    },
    async end() {
      parts?.guard.killAll()
      await parts?.wall.stop()
    },
  }
}
