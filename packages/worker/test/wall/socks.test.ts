import { expect, test } from 'vitest'
import { encodeReply, parseCredentials, parseGreeting, parseRequest } from '../../src/wall/socks.ts'

/** What a parser says of every beginning of a message, but for the whole. */
function beginnings<T>(parse: (bytes: Buffer) => T, bytes: Buffer): T[] {
  return Array.from({ length: bytes.length }, (_, length) => parse(bytes.subarray(0, length)))
}

const greeting = Buffer.from([5, 2, 0, 2])
const credentials = Buffer.from([1, 3, ...Buffer.from('bob'), 2, ...Buffer.from('pw')])
const byName = Buffer.from([5, 1, 0, 3, 9, ...Buffer.from('site.test'), 0x1f, 0x90])

test('a message is understood once it is whole, and what follows it is left', () => {
  const later = Buffer.from([9, 9])
  expect(parseGreeting(Buffer.concat([greeting, later]))).toEqual({ kind: 'message', value: [0, 2], length: 4 })
  expect(parseCredentials(Buffer.concat([credentials, later]))).toEqual({
    kind: 'message',
    value: { user: 'bob', password: 'pw' },
    length: 8,
  })
  expect(parseRequest(Buffer.concat([byName, later]))).toEqual({
    kind: 'message',
    value: { command: 1, address: { kind: 'name', host: 'site.test' }, port: 8080 },
    length: 16,
  })
})

test('every beginning of a message asks for more', () => {
  const said = [
    ...beginnings(parseGreeting, greeting),
    ...beginnings(parseCredentials, credentials),
    ...beginnings(parseRequest, byName),
  ]
  expect(new Set(said.map(({ kind }) => kind))).toEqual(new Set(['more']))
})

test('addresses of both families are read', () => {
  const four = Buffer.from([5, 1, 0, 1, 192, 0, 2, 7, 0, 80])
  const six = Buffer.from([5, 1, 0, 4, 0x20, 1, 0xd, 0xb8, ...Array.from({ length: 11 }, () => 0), 1, 1, 187])
  expect(parseRequest(four)).toMatchObject({ value: { address: { kind: 'literal', host: '192.0.2.7' }, port: 80 } })
  expect(parseRequest(six)).toMatchObject({ value: { address: { kind: 'literal', host: '2001:db8::1' }, port: 443 } })
})

test('other commands and address types are told apart from what is no SOCKS5', () => {
  expect(parseRequest(Buffer.from([5, 3, 0, 1, 0, 0, 0, 0, 0, 0]))).toMatchObject({ value: { command: 3 } })
  expect(parseRequest(Buffer.from([5, 1, 0, 2, 0]))).toMatchObject({ value: { address: null } })
  expect(parseRequest(Buffer.from([5, 1, 7, 1, 0])).kind).toBe('bad')
  expect(parseGreeting(Buffer.from('GET / HTTP/1.1')).kind).toBe('bad')
  expect(parseGreeting(Buffer.from([4])).kind).toBe('bad')
  expect(parseCredentials(Buffer.from([5, 1, 0])).kind).toBe('bad')
})

test('a reply is ten bytes with its code', () => {
  expect([...encodeReply(5)]).toEqual([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])
})
