import type { Socket } from 'node:net'
import { admit, type Decide } from './admit.ts'
import type { WallAttempt } from './attempt.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import { createMeter, type Meter } from './counters.ts'
import { dial } from './dial.ts'
import { readHandshake, type Handshake } from './handshake.ts'
import { hostText, parseHost } from './host.ts'
import { HASTY_MS, relay, reset, type RelayOptions } from './relay.ts'
import { encodeReply, reply, type Credentials } from './socks.ts'

/** Milliseconds. `wait` bounds the wait for a place and a turn, `dial` the connect itself. */
export type WallDeadlines = { handshake: number; wait: number; dial: number; idle: number }

type ServeDeps = {
  authenticate(credentials: Credentials): WallAttempt | null
  decide: Decide
  budget: Budget
  clock: Clock
  deadlines: WallDeadlines
}

/** `hangUp` listens to the client's end until the relay does; `hasty` says that it came too soon to be a time-out. */
type Asked = Handshake<WallAttempt> & {
  client: Socket
  gone: AbortController
  hangUp: () => void
  hasty: () => boolean
}

/** Serves one connection of Nuclei from its greeting to its end. */
export async function serveClient(client: Socket, deps: ServeDeps): Promise<void> {
  const gone = new AbortController()
  client.on('error', () => client.destroy())
  gone.signal.addEventListener('abort', () => client.destroy(), { once: true })
  const authenticate = (credentials: Credentials) => {
    const attempt = deps.authenticate(credentials)
    attempt?.connections.add(gone)
    client.once('close', () => attempt?.connections.delete(gone))
    return attempt
  }
  const handshake = await readHandshake(client, authenticate, deps.deadlines.handshake)
  if (handshake === null) return client.destroySoon()

  const hangUp = () => gone.abort()
  client.once('end', hangUp).once('close', hangUp)
  const since = deps.clock.monotonic()
  const hasty = () => gone.signal.aborted && deps.clock.monotonic() - since < HASTY_MS
  const answer = await connect({ ...handshake, client, gone, hangUp, hasty }, deps)
  if (answer === null) return
  client.write(encodeReply(answer))
  client.destroySoon()
}

/** Null when the connection was made and has ended, else the reply that says why it was not. */
async function connect(asked: Asked, deps: ServeDeps): Promise<number | null> {
  const { attempt, port } = asked
  const host = parseHost(asked.host)
  const text = host === null ? '' : hostText(asked.host)
  const admission =
    host === null
      ? ({ kind: 'refused' } as const)
      : await admit(attempt, host, port, deps.decide, () => new Date(deps.clock.now()))
  if (admission.kind === 'refused') {
    attempt.book.refused(text, port, attempt.isTarget(text))
    return reply.notAllowed
  }
  const meter = createMeter(attempt.book.at(text, port), deps.clock)
  meter.connect()
  if (admission.kind === 'unresolvable') {
    meter.failed()
    return reply.hostUnreachable
  }
  if (!(await attempt.slots.take(deps.deadlines.wait, asked.gone.signal))) return shed(asked, meter)
  try {
    return await dialAndRelay(asked, admission.addresses, meter, deps)
  } finally {
    attempt.slots.release()
  }
}

async function dialAndRelay(
  asked: Asked,
  addresses: readonly string[],
  meter: Meter,
  { budget, clock, deadlines }: ServeDeps,
): Promise<number | null> {
  const { attempt, port, gone } = asked
  const host = addresses[0] ?? ''
  budget.join(host, attempt.attemptId, attempt.requestsPerSecond)
  if (!(await budget.take(host, deadlines.wait, gone.signal))) return shed(asked, meter)

  meter.reached()
  const dialled = await dial(addresses, port, deadlines.dial, gone.signal)
  switch (dialled.kind) {
    case 'shed':
      return shed(asked, meter)
    case 'refused':
      meter.closed()
      return reply.refused
    case 'unreachable':
      meter.failed()
      return reply.hostUnreachable
    case 'timed-out':
      meter.timedOut()
      return reply.hostUnreachable
    case 'aborted':
      if (!attempt.shut && !asked.hasty()) meter.timedOut()
      return null
    case 'connected':
      await carry(asked, dialled.socket, {
        meter,
        clock,
        idleMs: deadlines.idle,
        async takeTurn() {
          const may = await budget.take(host, deadlines.wait, gone.signal)
          if (may) meter.reached()
          else if (!gone.signal.aborted) meter.shed()
          return may
        },
      })
      return null
  }
}

async function carry(asked: Asked, target: Socket, options: RelayOptions): Promise<void> {
  const { client, gone, hangUp, rest } = asked
  const ends = { client, target }
  if (gone.signal.aborted) return reset(ends)
  gone.signal.addEventListener('abort', () => reset(ends), { once: true })
  client.off('end', hangUp).off('close', hangUp)
  client.write(encodeReply(reply.succeeded))
  const early = rest()
  if (early.length > 0) client.unshift(early)
  await relay(ends, options)
}

/** The wall itself gave up on a connection that scope allowed, unless it was told to or nobody waited for it. */
function shed({ attempt, hasty }: Asked, meter: Meter): number | null {
  if (attempt.shut || hasty()) return null
  meter.shed()
  return reply.failed
}
