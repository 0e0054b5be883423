import { SocketAddress } from 'node:net'

/** What a parser says of the bytes so far: more are needed, they are no SOCKS5, or one message of `length` bytes. */
export type Parsed<T> = { kind: 'more' } | { kind: 'bad' } | { kind: 'message'; value: T; length: number }

export type Credentials = { user: string; password: string }
type SocksRequest = { command: number; address: { kind: 'name' | 'literal'; host: string } | null; port: number }

/** Reply codes of RFC 1928, section 6. */
export const reply = {
  succeeded: 0x00,
  failed: 0x01,
  notAllowed: 0x02,
  hostUnreachable: 0x04,
  refused: 0x05,
  commandNotSupported: 0x07,
  addressTypeNotSupported: 0x08,
} as const

export const CONNECT = 0x01
export const USER_PASSWORD = 0x02
/** The method choice that ends the talk: none of the offered methods is taken. */
export const NO_METHOD = 0xff

const more = { kind: 'more' } as const
const bad = { kind: 'bad' } as const

/** The client's greeting (RFC 1928, section 3): the authentication methods that it offers. */
export function parseGreeting(bytes: Buffer): Parsed<number[]> {
  if (bytes.length < 2) return bytes.length === 1 && bytes[0] !== 5 ? bad : more
  if (bytes[0] !== 5) return bad
  const length = 2 + bytes.readUInt8(1)
  return bytes.length < length ? more : { kind: 'message', value: [...bytes.subarray(2, length)], length }
}

/** User name and password (RFC 1929). */
export function parseCredentials(bytes: Buffer): Parsed<Credentials> {
  if (bytes.length < 2) return more
  if (bytes[0] !== 1) return bad
  const userEnd = 2 + bytes.readUInt8(1)
  if (bytes.length <= userEnd) return more
  const length = userEnd + 1 + bytes.readUInt8(userEnd)
  if (bytes.length < length) return more
  const value = { user: bytes.toString('utf8', 2, userEnd), password: bytes.toString('utf8', userEnd + 1, length) }
  return { kind: 'message', value, length }
}

/** The request (RFC 1928, section 4). `address` is null for an address type that the RFC does not know. */
export function parseRequest(bytes: Buffer): Parsed<SocksRequest> {
  if (bytes.length < 5) return more
  if (bytes[0] !== 5 || bytes[2] !== 0) return bad
  const command = bytes.readUInt8(1)
  const type = bytes[3]
  const start = type === 3 ? 5 : 4
  const end = type === 1 ? start + 4 : type === 4 ? start + 16 : type === 3 ? start + bytes.readUInt8(4) : null
  if (end === null) return { kind: 'message', value: { command, address: null, port: 0 }, length: bytes.length }
  if (bytes.length < end + 2) return more
  const part = bytes.subarray(start, end)
  const address =
    type === 3
      ? { kind: 'name' as const, host: part.toString('latin1') }
      : { kind: 'literal' as const, host: type === 1 ? part.join('.') : ipv6Text(part) }
  return { kind: 'message', value: { command, address, port: bytes.readUInt16BE(end) }, length: end + 2 }
}

/** The reply to a request. Nobody uses the bound address of a CONNECT, so it stays 0.0.0.0:0. */
export function encodeReply(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0])
}

function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16))
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address
}
