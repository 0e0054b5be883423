import { once } from 'node:events'
import { expect, test } from 'vitest'
import { answerHttp, closed, listen, openWall, order, read, rule, target, through } from './helpers.ts'

test('shut ends living connections at once, refuses new ones and keeps the evidence', async () => {
  const site = await listen(answerHttp)
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', site.port)] }))
  const { socket } = await through(wall.port, '127.0.0.1', site.port)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await read(socket, 40)
  const [seen] = site.accepted
  if (!seen) throw new Error('the site saw nobody')
  const reset = once(seen, 'error')
  wall.shut('attempt-1')
  socket.write('GET /late HTTP/1.1\r\n\r\n')
  await Promise.all([closed(socket), closed(seen)])
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }])
  expect(seen.bytesRead).toBe(18)
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe('auth-failed')
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ connects: 1, answers: 1, timedOut: 0 }])
})

test('what waits in a buffer of the wall is not sent any more', async () => {
  const site = await listen((socket) => void socket.pause())
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const { socket } = await through(wall.port, '127.0.0.1', site.port)
  const flood = Buffer.alloc(1024 * 1024)
  let sent = 0
  while (socket.write(flood) || sent < 16) sent += 1
  await expect.poll(() => wall.evidence('attempt-1')?.targets[0]?.bytesOut).toBeGreaterThan(1_000_000)
  wall.shut('attempt-1')
  const [seen] = site.accepted
  if (!seen) throw new Error('the site saw nobody')
  seen.resume()
  await closed(seen)
  expect(seen.bytesRead).toBeLessThan(wall.evidence('attempt-1')?.targets[0]?.bytesOut ?? 0)
})

test('shut ends a connection that still waits for its turn', async () => {
  const site = await listen()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')], { requestsPerSecond: 0.2 }))
  const first = await through(wall.port, '127.0.0.1', site.port)
  expect(first.reply).toBe(0)
  const waiting = through(wall.port, '127.0.0.1', site.port)
  await expect.poll(() => wall.evidence('attempt-1')?.targets[0]?.connects).toBe(2)
  wall.shut('attempt-1')
  expect((await waiting).reply).toBe('closed')
  expect(site.accepted).toHaveLength(1)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ connects: 2, failed: 0, shed: 0 }])
})

test('shutting one attempt leaves the other alone', async () => {
  const site = await listen(answerHttp)
  const wall = await openWall()
  const second = { user: 'user-of-attempt-2', password: 'password-of-attempt-2' }
  wall.open(order([rule('127.0.0.1')]))
  wall.open(order([rule('127.0.0.1')], { attemptId: 'attempt-2', ...second }))
  const { socket } = await through(wall.port, '127.0.0.1', site.port, second)
  wall.shut('attempt-1')
  socket.write('GET / HTTP/1.1\r\n\r\n')
  expect(String(await read(socket, 15))).toBe('HTTP/1.1 200 OK')
})

test('closing forgets the attempt and gives its last evidence', async () => {
  const site = await listen()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const { socket } = await through(wall.port, '127.0.0.1', site.port)
  expect(wall.close('attempt-1')?.targets).toMatchObject([{ connects: 1 }])
  await closed(socket)
  expect(wall.evidence('attempt-1')).toBeNull()
  expect(wall.close('attempt-1')).toBeNull()
  wall.open(order([rule('127.0.0.1')]))
})
