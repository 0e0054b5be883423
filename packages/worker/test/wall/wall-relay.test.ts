import { once } from 'node:events'
import { expect, test } from 'vitest'
import { answerHttp, closed, listen, openWall, order, read, rule, stillClock, target, through } from './helpers.ts'

async function reach(serve: Parameters<typeof listen>[0], more = {}, deadlines = {}) {
  const site = await listen(serve)
  const clock = stillClock()
  const wall = await openWall({ deadlines, clock })
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', site.port)], ...more }))
  const { socket } = await through(wall.port, '127.0.0.1', site.port)
  const counts = () => wall.evidence('attempt-1')?.targets[0]
  return { site, wall, socket, counts, clock }
}

test('bytes are counted in both directions, and a half-close lets the answer through', async () => {
  const { socket, counts } = await reach((peer) => {
    peer.resume()
    peer.once('end', () => peer.end(Buffer.alloc(300_000)))
  })
  socket.end(Buffer.alloc(200_000))
  expect(await read(socket, 300_000)).toHaveLength(300_000)
  await closed(socket)
  expect(counts()).toMatchObject({ bytesOut: 200_000, bytesIn: 300_000, requests: 1, otherAnswers: 0, answers: 0 })
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

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** One connection whose first request was answered, and whose second is under way; `peer` is the site's end of it. */
async function secondRequest() {
  const { site, socket, counts, clock } = await reach((peer) => {
    peer.once('data', () => peer.write(ok)).on('data', () => {})
  })
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await read(socket, 40)
  expect(counts()).toMatchObject({ unanswered: 0 })
  socket.write('GET /2 HTTP/1.1\r\n\r\n')
  await expect.poll(counts).toMatchObject({ requests: 2, unanswered: 1 })
  const [peer] = site.accepted
  if (!peer) throw new Error('nobody came')
  return { peer, socket, counts, clock }
}

test('a later request that nothing answers is counted, though its connection had an answer', async () => {
  const { socket, counts, peer, clock } = await secondRequest()
  clock.pass(1000)
  socket.end()
  await once(peer, 'end')
  peer.end()
  await closed(socket)
  expect(counts()).toMatchObject({ connects: 1, asked: 1, answers: 1, requests: 2, unanswered: 1 })
})

test('a greeting in TLS that nothing answers is counted, one that is answered, refused or dropped at once is not', async () => {
  const hello = Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0])
  const left = await reach((peer) => void peer.resume())
  left.socket.write(hello)
  await expect.poll(left.counts).toMatchObject({ bytesOut: 10, asked: 0, greetingsUnanswered: 1 })
  left.clock.pass(1000)
  left.socket.end()
  await once(left.site.accepted[0] ?? left.socket, 'end')
  expect(left.counts()).toMatchObject({ greetingsUnanswered: 1 })
  const dropped = await reach((peer) => void peer.resume())
  dropped.socket.write(hello)
  await expect.poll(dropped.counts).toMatchObject({ greetingsUnanswered: 1 })
  dropped.socket.end()
  await expect.poll(dropped.counts).toMatchObject({ greetingsUnanswered: 0 })
  const greeted = await reach((peer) => peer.once('data', () => peer.write(hello)))
  greeted.socket.write(hello)
  await read(greeted.socket, 10)
  expect(greeted.counts()).toMatchObject({ greetingsUnanswered: 0 })
  const refused = await reach((peer) => peer.once('data', () => peer.end()))
  refused.socket.write(hello)
  await closed(refused.socket)
  expect(refused.counts()).toMatchObject({ greetingsUnanswered: 0, answers: 0 })
})

test('an answer that comes when Nuclei has hung up is none', async () => {
  const { socket, counts } = await reach((peer) => void peer.resume().once('end', () => peer.end(ok)))
  socket.end('GET / HTTP/1.1\r\n\r\n')
  expect(await read(socket, 40)).toHaveLength(40)
  await closed(socket)
  expect(counts()).toMatchObject({ asked: 1, answers: 0, otherAnswers: 0, bytesIn: 40, lastAnswerAt: null })
})

test('a late answer to it, or a peer that closes first, leaves nothing unanswered', async () => {
  const answered = await secondRequest()
  answered.peer.write(ok)
  await read(answered.socket, 40)
  expect(answered.counts()).toMatchObject({ unanswered: 0 })
  const closing = await secondRequest()
  closing.peer.end()
  await expect.poll(closing.counts).toMatchObject({ unanswered: 0 })
  const resetting = await secondRequest()
  resetting.peer.resetAndDestroy()
  await expect.poll(resetting.counts).toMatchObject({ unanswered: 0 })
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
