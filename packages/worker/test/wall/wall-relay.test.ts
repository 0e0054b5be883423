import { once } from 'node:events'
import { expect, test } from 'vitest'
import { answerHttp, closed, listen, openWall, order, read, rule, target, through } from './helpers.ts'

async function reach(serve: Parameters<typeof listen>[0], more = {}, deadlines = {}) {
  const site = await listen(serve)
  const wall = await openWall({ deadlines })
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', site.port)], ...more }))
  const { socket } = await through(wall.port, '127.0.0.1', site.port)
  const counts = () => wall.evidence('attempt-1')?.targets[0]
  return { site, wall, socket, counts }
}

test('bytes are counted in both directions, and a half-close lets the answer through', async () => {
  const { socket, counts } = await reach((peer) => {
    peer.resume()
    peer.once('end', () => peer.end(Buffer.alloc(300_000)))
  })
  socket.end(Buffer.alloc(200_000))
  expect(await read(socket, 300_000)).toHaveLength(300_000)
  await closed(socket)
  expect(counts()).toMatchObject({ bytesOut: 200_000, bytesIn: 300_000, requests: 1, otherAnswers: 1, answers: 0 })
})

test('a peer that does not read holds the client back', async () => {
  const { socket, counts, site } = await reach((peer) => void peer.pause())
  const chunk = Buffer.alloc(1024 * 1024)
  for (let sent = 0; sent < 64; sent++) socket.write(chunk)
  await expect.poll(() => counts()?.bytesOut).toBeGreaterThan(0)
  // The kernel's buffers fill, then nothing moves: the same count twice, far below what was offered.
  let before = -1
  await expect.poll(() => counts()?.bytesOut === before || ((before = counts()?.bytesOut ?? 0), false)).toBe(true)
  expect(before).toBeLessThan(48 * 1024 * 1024)
  for (const peer of site.accepted) peer.resume()
  await expect.poll(() => counts()?.bytesOut, { timeout: 10_000 }).toBe(64 * 1024 * 1024)
})

test('a port that accepts and says nothing has connects and no answers', async () => {
  const { socket, counts } = await reach(() => {})
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await expect.poll(() => counts()?.requests).toBe(1)
  socket.end()
  await expect.poll(() => counts()?.bytesOut).toBe(18)
  expect(counts()).toMatchObject({ connects: 1, answers: 0, otherAnswers: 0, tlsHandshakes: 0, firstAnswerAt: null })
})

test('requests that share a connection are counted one by one, the answers once', async () => {
  const { socket, counts } = await reach(answerHttp)
  for (let request = 0; request < 3; request++) {
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await read(socket, 40)
  }
  expect(counts()).toMatchObject({ connects: 1, requests: 3, answers: 1, peakRequestsPerSecond: 3 })
})

test('a further request on a connection waits for its turn too, and ends the connection when none comes', async () => {
  const { socket, counts } = await reach(answerHttp, { requestsPerSecond: 0.2 }, { wait: 50 })
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await read(socket, 40)
  socket.write('GET /2 HTTP/1.1\r\n\r\n')
  await closed(socket)
  expect(counts()).toMatchObject({ requests: 2, bytesOut: 18, failed: 1, shed: 1 })
})

test('a banner counts as another answer, not as one to a request', async () => {
  const { socket, counts } = await reach((peer) => void peer.end('HTTP/1.1 408 Request Timeout\r\n\r\n'))
  await read(socket, 32)
  expect(counts()).toMatchObject({ requests: 0, answers: 0, otherAnswers: 1, lastAnswerAt: null })
})

test('silence on both sides ends the connection', async () => {
  const { socket, site } = await reach(() => {}, {}, { idle: 50 })
  await closed(socket)
  const [peer] = site.accepted
  if (peer && !peer.closed) await once(peer, 'close')
})

test('a peer that resets resets the client', async () => {
  const { socket } = await reach((peer) => peer.once('data', () => peer.resetAndDestroy()))
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await closed(socket)
})
