import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { closed, listen, openWall, order, password, read, rule, through, user } from './helpers.ts'

const login = [1, user.length, ...Buffer.from(user), password.length, ...Buffer.from(password)]

async function say(port: number, ...parts: number[][]) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  for (const part of parts) socket.write(Buffer.from(part))
  return socket
}

test('a client that sends everything at once is served, its first bytes included', async () => {
  const site = await listen((socket) => void socket.once('data', (bytes) => socket.end(bytes)))
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const request = [5, 1, 0, 1, 127, 0, 0, 1, site.port >> 8, site.port & 255]
  const socket = await say(wall.port, [[5, 1, 2], login, request, [...Buffer.from('early')]].flat())
  await read(socket, 2 + 2 + 10)
  expect(String(await read(socket, 5))).toBe('early')
})

test('a client that speaks byte by byte is served', async () => {
  const site = await listen((socket) => void socket.end('hello'))
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const request = [5, 1, 0, 1, 127, 0, 0, 1, site.port >> 8, site.port & 255]
  const socket = await say(wall.port)
  socket.setNoDelay(true)
  for (const byte of [5, 1, 2, ...login, ...request]) {
    await new Promise<void>((sent) => void socket.write(Buffer.from([byte]), () => sent()))
  }
  await read(socket, 2 + 2 + 10)
  expect(String(await read(socket, 5))).toBe('hello')
})

test('no user and password, other commands and other address types are refused by their codes', async () => {
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const anonymous = await say(wall.port, [5, 1, 0])
  expect([...((await read(anonymous, 2)) ?? [])]).toEqual([5, 0xff])
  await closed(anonymous)
  for (const [request, code] of [
    [[5, 2, 0, 1, 127, 0, 0, 1, 0, 80], 7],
    [[5, 3, 0, 1, 127, 0, 0, 1, 0, 80], 7],
    [[5, 1, 0, 9, 127, 0, 0, 1, 0, 80], 8],
  ] as const) {
    const socket = await say(wall.port, [5, 1, 2], login, [...request])
    expect((await read(socket, 2 + 2 + 10))?.[5]).toBe(code)
    await closed(socket)
  }
})

test('a client that speaks no SOCKS5, or not at all, is closed', async () => {
  const wall = await openWall({ deadlines: { handshake: 50 } })
  const http = await say(wall.port, [...Buffer.from('GET / HTTP/1.1\r\n\r\n')])
  expect(await read(http, 1)).toBeNull()
  const silent = await say(wall.port)
  expect(await read(silent, 1)).toBeNull()
})

test('more connections than the attempt may have at once wait for a place, and are shed when none comes', async () => {
  const site = await listen()
  const wall = await openWall({ deadlines: { wait: 50 } })
  wall.open(order([rule('127.0.0.1')], { maxConnections: 1 }))
  const first = await through(wall.port, '127.0.0.1', site.port)
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(1)
  expect(site.accepted).toHaveLength(1)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ connects: 2, failed: 1, shed: 1 }])
  const waiting = through(wall.port, '127.0.0.1', site.port)
  first.socket.destroy()
  for (const socket of site.accepted) socket.destroy()
  expect((await waiting).reply).toBe(0)
})

test('a client that floods while it waits for its reply is closed', async () => {
  const site = await listen()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')], { maxConnections: 1 }))
  await through(wall.port, '127.0.0.1', site.port)
  const request = [5, 1, 0, 1, 127, 0, 0, 1, site.port >> 8, site.port & 255]
  const flood = await say(
    wall.port,
    [5, 1, 2],
    login,
    request,
    Array.from({ length: 8192 }, () => 0),
  )
  expect(await read(flood, 2 + 2 + 10)).toBeNull()
  await closed(flood)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ connects: 2, bytesOut: 0 }])
})
