import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { cutFrames, endsReply } from './frames.ts'
import type { Frame } from './frames.ts'

/** `hole`: bytes vanish and connections stay open. `cut`: connections are reset, and new ones at once. */
type Way = 'pass' | 'hole' | 'cut'
/**
 * What is done with a message of a client: `lose-reply` lets it through and resets the client in place of the reply; `hold` keeps
 * it and all that follows on its connection until `release`.
 */
export type Verdict = 'pass' | 'hold' | 'lose-reply'
type Tap = (frame: Frame) => Verdict

export type Proxy = {
  port: number
  /** Changes the way of both directions, of `up` (to the server) or of `down`, for open connections and new ones. */
  set(way: Way, direction?: 'both' | 'up' | 'down'): void
  /** Each chunk waits that long, in both directions. */
  delay(ms: number): void
  /** New connections pass, those that are open stay silent for good, as after a partition that killed them unseen. */
  abandon(): void
  /** Resets what is open; new connections pass. */
  reset(): void
  /** After so many more bytes of one connection to its client that connection is reset; null: never. */
  limitDown(bytes: number | null): void
  /** Looks at each message of PostgreSQL clients. */
  tap(tap: Tap | null): void
  /** Sends on what `hold` kept back, though its client may be gone. */
  release(): void
  /** Is called when a reply was lost: the server has done what it was asked. */
  onLost(act: (() => void) | null): void
  open(): number
  stop(): Promise<void>
}

type Link = { client: Socket; server: Socket; losing: boolean; silent: boolean; held: Buffer[] | null; down: number }

/** A TCP proxy on 127.0.0.1 before a server there, that can misbehave while it runs. */
export async function startProxy(target: { port: number }): Promise<Proxy> {
  const links = new Set<Link>()
  const ways: { up: Way; down: Way } = { up: 'pass', down: 'pass' }
  let waitMs = 0
  let limit: number | null = null
  let tap: Tap | null = null
  let lost: (() => void) | null = null

  const end = (link: Link) => {
    link.client.resetAndDestroy()
    link.server.destroy()
  }
  const send = (to: Socket, bytes: Buffer, direction: 'up' | 'down') => {
    const write = () => {
      if (ways[direction] === 'pass' && !to.destroyed) to.write(bytes)
    }
    if (waitMs === 0) write()
    else setTimeout(write, waitMs).unref()
  }

  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => {})
    if (ways.up === 'cut' || ways.down === 'cut') return void client.resetAndDestroy()
    const upstream = connect({ port: target.port, host: '127.0.0.1', noDelay: true })
    const link: Link = { client, server: upstream, losing: false, silent: false, held: null, down: 0 }
    links.add(link)
    const frames = cutFrames()
    client.on('data', (chunk: Buffer) => {
      for (const frame of tap === null ? [] : frames(chunk)) {
        const verdict = tap?.(frame) ?? 'pass'
        if (verdict === 'hold') link.held ??= []
        link.losing ||= verdict === 'lose-reply'
      }
      if (tap === null) frames(chunk)
      if (link.held !== null) link.held.push(chunk)
      else if (!link.silent) send(upstream, chunk, 'up')
    })
    upstream.on('data', (chunk: Buffer) => {
      link.down += chunk.length
      if (link.silent) return
      if (link.losing) {
        if (!endsReply(chunk)) return
        lost?.()
        return end(link)
      }
      send(client, chunk, 'down')
      if (limit !== null && link.down > limit) end(link)
    })
    upstream.on('error', () => end(link))
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.once('close', () => {
        if (to.destroyed) links.delete(link)
        else if (ways.up === 'pass' && ways.down === 'pass' && !link.silent && link.held === null) to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a proxy without a port')
  return {
    port: address.port,
    set(way, direction = 'both') {
      if (direction !== 'down') ways.up = way
      if (direction !== 'up') ways.down = way
      if (way === 'cut') for (const link of links) end(link)
    },
    delay: (ms) => void (waitMs = ms),
    abandon() {
      for (const link of links) link.silent = true
      Object.assign(ways, { up: 'pass', down: 'pass' })
    },
    reset() {
      for (const link of links) end(link)
    },
    limitDown(bytes) {
      limit = bytes
      for (const link of links) link.down = 0
    },
    tap: (given) => void (tap = given),
    release() {
      for (const link of links) {
        for (const chunk of link.held ?? []) link.server.write(chunk)
        link.held = null
      }
    },
    onLost: (given) => void (lost = given),
    open: () => links.size,
    async stop() {
      for (const link of links) end(link)
      server.close()
      await once(server, 'close')
    },
  }
}
