import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchAnswers } from './answer.ts'
import type { Clock } from './clock.ts'
import type { Meter, Owed } from './counters.ts'
import { tlsType } from './tls-records.ts'

export type Ends = { client: Socket; target: Socket }
export type RelayOptions = {
  meter: Meter
  clock: Clock
  /** Waits until the host may get one request more; false ends the connection. */
  takeTurn: () => Promise<boolean>
  /** How long neither side may say anything, in milliseconds. */
  idleMs: number
}

/**
 * Nuclei waits a second at least. What it drops sooner it no longer needed: it dials, and greets in TLS, for a request that then goes out
 * on another connection, which just became free.
 */
export const HASTY_MS = 250

/** The same once one side has said its last word: Nuclei that gave up looks like a half-close. */
const LINGER_MS = 5000

/** Carries bytes both ways, with back-pressure and half-closes, until both sides are closed. Counts what passes. */
export async function relay({ client, target }: Ends, options: RelayOptions): Promise<void> {
  const { meter, clock, takeTurn, idleMs } = options
  const watch = watchAnswers()
  let requests = 0
  let asksHttp = false
  let spoke = false
  let owed: Owed | null = null
  let owedAt = 0
  let clientGone = false
  let targetGone = false

  /** The peer's own end is heard too: Nuclei then asks again on another connection, which is counted there. */
  const heard = () => {
    if (owed === null || clientGone) return
    meter.heard(owed)
    owed = null
  }
  const owes = (what: Owed) => {
    if (targetGone) return
    heard()
    owed = what
    owedAt = clock.monotonic()
    meter.owed(what)
  }
  const clientLeft = () => {
    if (clock.monotonic() - owedAt < HASTY_MS) heard()
    clientGone = true
  }

  const toTarget = (chunk: Buffer) => {
    if (chunk.length === 0) return
    meter.bytes('out', chunk.length)
    pass(chunk, client, target)
  }
  const request = (chunk: Buffer) => {
    watch.released()
    if (requests > 1 && asksHttp) owes('request')
    toTarget(chunk)
  }
  client.on('data', (chunk: Buffer) => {
    const { requestAt, signs } = watch.fromClient(chunk, clock.monotonic())
    for (const sign of signs) meter.sign(sign)
    if (!spoke && chunk[0] === tlsType.handshake) owes('greeting')
    spoke = true
    asksHttp ||= signs.includes('asked')
    if (requestAt === null) return toTarget(chunk)
    meter.request()
    requests += 1
    toTarget(chunk.subarray(0, requestAt))
    const begun = chunk.subarray(requestAt)
    // The turn of the first one came with the connect.
    const holdMs = requests === 1 ? watch.holdMs(clock.monotonic()) : 0
    if (requests === 1 && holdMs === 0) return request(begun)
    client.pause()
    void (requests === 1 ? sleep(holdMs, true) : takeTurn()).then((may) => {
      if (!may) return reset({ client, target })
      client.resume()
      request(begun)
    })
  })
  target.on('data', (chunk: Buffer) => {
    meter.bytes('in', chunk.length)
    heard()
    const signs = watch.fromServer(chunk, clock.monotonic())
    // Whoever hung up waited for it no longer: a half-close is nothing that Nuclei does.
    if (!clientGone) for (const sign of signs) meter.sign(sign)
    pass(chunk, target, client)
  })

  client.on('end', () => {
    clientLeft()
    target.end()
    target.setTimeout(Math.min(idleMs, LINGER_MS))
  })
  target.on('end', () => {
    targetGone = true
    heard()
    client.end()
    target.setTimeout(Math.min(idleMs, LINGER_MS))
  })
  client.on('error', () => {
    clientLeft()
    reset({ client, target })
  })
  target.on('error', () => {
    heard()
    reset({ client, target })
  })
  // Whatever passes in either direction touches the target's socket.
  target.setTimeout(idleMs, () => reset({ client, target }))
  client.once('close', () => target.destroySoon())
  target.once('close', () => client.destroySoon())
  await Promise.all([closed(client), closed(target)])
}

/** Ends both sides at once; nothing that waits in a buffer is still sent to the target. */
export function reset({ client, target }: Ends): void {
  target.resetAndDestroy()
  client.destroy()
}

function pass(chunk: Buffer, from: Socket, to: Socket): void {
  if (to.destroyed || to.writableEnded || to.write(chunk)) return
  from.pause()
  to.once('drain', () => from.resume())
}

async function closed(socket: Socket): Promise<void> {
  if (socket.closed) return
  await new Promise<void>((resolve) => void socket.once('close', () => resolve()))
}
