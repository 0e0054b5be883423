import type { Socket } from 'node:net'
import {
  CONNECT,
  encodeReply,
  NO_METHOD,
  parseCredentials,
  parseGreeting,
  parseRequest,
  reply,
  USER_PASSWORD,
} from './socks.ts'
import type { Credentials, Parsed } from './socks.ts'

/** A client that may speak, and where it wants to go. `rest` gives what it sent too early and ends the reading. */
export type Handshake<A> = { attempt: A; host: string; port: number; rest: () => Buffer }

/** Longer than any client sends before it has its reply. */
const MAX_BYTES = 4096

/**
 * Talks SOCKS5 (RFC 1928, user and password by RFC 1929) until the request is understood. Null when the client is
 * refused, already told so, or when it went away or took longer than `deadlineMs`.
 */
export async function readHandshake<A>(
  socket: Socket,
  authenticate: (credentials: Credentials) => A | null,
  deadlineMs: number,
): Promise<Handshake<A> | null> {
  let bytes: Buffer = Buffer.alloc(0)
  let wake = () => {}
  let over = false
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    if (bytes.length > MAX_BYTES) socket.destroy()
    wake()
  }
  const onOver = () => {
    over = true
    wake()
  }
  const timer = setTimeout(onOver, deadlineMs)
  socket.on('data', onData).once('end', onOver).once('close', onOver)

  async function next<T>(parse: (bytes: Buffer) => Parsed<T>): Promise<T | null> {
    for (;;) {
      const parsed = parse(bytes)
      if (parsed.kind === 'message') {
        bytes = bytes.subarray(parsed.length)
        return parsed.value
      }
      if (parsed.kind === 'bad' || over) return null
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const refuse = (...answer: number[]) => {
    socket.write(Buffer.from(answer))
    return null
  }

  try {
    const methods = await next(parseGreeting)
    if (methods === null) return null
    if (!methods.includes(USER_PASSWORD)) return refuse(5, NO_METHOD)
    socket.write(Buffer.from([5, USER_PASSWORD]))
    const credentials = await next(parseCredentials)
    if (credentials === null) return null
    const attempt = authenticate(credentials)
    if (attempt === null) return refuse(1, 1)
    socket.write(Buffer.from([1, 0]))
    const request = await next(parseRequest)
    if (request === null) return null
    if (request.command !== CONNECT) return refuse(...encodeReply(reply.commandNotSupported))
    if (request.address === null) return refuse(...encodeReply(reply.addressTypeNotSupported))
    const rest = () => {
      socket.off('data', onData)
      return bytes
    }
    return { attempt, host: request.address.host, port: request.port, rest }
  } finally {
    clearTimeout(timer)
    socket.off('end', onOver).off('close', onOver)
  }
}
