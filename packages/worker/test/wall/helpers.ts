import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { decideConnect, parseScopePattern, type ScopeRule } from '@assayer/schema'
import { onTestFinished } from 'vitest'
import { startWall, type Wall, type WallDeps } from '../../src/wall/wall.ts'

/** An operator's rule, as `SCOPE_ALLOW` would make it. */
export function rule(pattern: string, effect: 'allow' | 'deny' = 'allow', expiresAt: string | null = null): ScopeRule {
  const parsed = parseScopePattern(pattern)
  if (!parsed.ok) throw new Error(parsed.message)
  return { effect, pattern: parsed.pattern, origin: 'operator', expiresAt }
}

/** A wall in this process that knows no name and fails the test on what nobody planned. */
export async function openWall(deps: Partial<WallDeps> = {}): Promise<Wall> {
  const errors: unknown[] = []
  const wall = await startWall({
    resolve: async () => [],
    decide: decideConnect,
    onError: (error) => errors.push(error),
    ...deps,
  })
  onTestFinished(async () => {
    await wall.stop()
    if (errors.length > 0) throw errors[0]
  })
  return wall
}

type Order = Parameters<Wall['open']>[0]
export const user = 'user-of-attempt-1'
export const password = 'password-of-attempt-1'

/** An attempt's order with everything filled in. */
export function order(rules: ScopeRule[], more: Partial<Order> = {}): Order {
  return {
    attemptId: 'attempt-1',
    user,
    password,
    scope: { rules, own: [] },
    targets: [],
    requestsPerSecond: 1000,
    maxConnections: 100,
    ...more,
  }
}

export function target(host: string, port: number | null, scheme: 'http' | 'https' | null = 'http') {
  return { host, port, address: host.includes(':') ? (6 as const) : /^\d/.test(host) ? (4 as const) : null, scheme }
}

/** A server on loopback whose `accepted` is its own log of connections. */
export async function listen(serve: (socket: Socket) => void = () => {}, address = '127.0.0.1') {
  const accepted: Socket[] = []
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, address)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of accepted) socket.destroy()
  })
  return { port: (server.address() as AddressInfo).port, accepted, server }
}

/** Answers each request with an HTTP status, and keeps the connection. */
export function answerHttp(socket: Socket): void {
  socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'))
}

type Through = { reply: number | 'auth-failed' | 'closed'; socket: Socket }

/** A SOCKS5 client: asks for `host` and `port` and gives the reply code; the socket goes on from there. */
export async function through(
  wallPort: number,
  host: string,
  port: number,
  as = { user, password },
  hangUp?: AbortSignal,
): Promise<Through> {
  const socket = connect({ port: wallPort, host: '127.0.0.1', allowHalfOpen: true })
  hangUp?.addEventListener('abort', () => socket.destroy())
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(Buffer.from([5, 1, 2]))
  if ((await read(socket, 2))?.[1] !== 2) return { reply: 'closed', socket }
  const [name, secret] = [Buffer.from(as.user), Buffer.from(as.password)]
  socket.write(Buffer.from([1, name.length, ...name, secret.length, ...secret]))
  const status = await read(socket, 2)
  if (status?.[1] !== 0) return { reply: status ? 'auth-failed' : 'closed', socket }
  socket.write(Buffer.from([5, 1, 0, ...addressBytes(host), port >> 8, port & 255]))
  const answer = await read(socket, 10)
  return { reply: answer?.[1] ?? 'closed', socket }
}

type Inbox = { bytes: Buffer; over: boolean; wake: () => void }
const inboxes = new WeakMap<Socket, Inbox>()

/** Collects what arrives, and ends when the other side does. */
function follow(socket: Socket): Inbox {
  const known = inboxes.get(socket)
  if (known) return known
  const inbox: Inbox = { bytes: Buffer.alloc(0), over: socket.destroyed, wake: () => {} }
  inboxes.set(socket, inbox)
  socket.on('data', (chunk: Buffer) => {
    inbox.bytes = Buffer.concat([inbox.bytes, chunk])
    inbox.wake()
  })
  const over = () => {
    inbox.over = true
    socket.end()
    inbox.wake()
  }
  socket.on('end', over).on('close', over)
  return inbox
}

/** The next `length` bytes, null when the other side ends before. */
export async function read(socket: Socket, length: number): Promise<Buffer | null> {
  const inbox = follow(socket)
  while (inbox.bytes.length < length) {
    if (inbox.over) return null
    await new Promise<void>((resolve) => {
      inbox.wake = resolve
    })
  }
  const bytes = inbox.bytes.subarray(0, length)
  inbox.bytes = inbox.bytes.subarray(length)
  return bytes
}

/** When the other side has closed it. */
export async function closed(socket: Socket): Promise<void> {
  follow(socket)
  if (!socket.closed) await new Promise<void>((resolve) => void socket.once('close', () => resolve()))
}

/** A clock that stands still until it is moved. */
export function stillClock(at = 1_000_000) {
  let ms = at
  return { now: () => ms, monotonic: () => ms, pass: (by: number) => void (ms += by) }
}

function addressBytes(host: string): number[] {
  if (/^[\d.]+$/.test(host)) return [1, ...host.split('.').map(Number)]
  if (!host.includes(':')) return [3, host.length, ...Buffer.from(host, 'latin1')]
  const [left = '', right = ''] = host.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const missing = 8 - groups(left).length - groups(right).length
  const all = [
    ...groups(left),
    ...Array.from({ length: host.includes('::') ? missing : 0 }, () => '0'),
    ...groups(right),
  ]
  return [4, ...all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])]
}
