import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { poster } from './poster.ts'

test('a reply with endless headers is given up', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 200 OK\r\n')
    const more = () => {
      if (socket.destroyed) return
      if (socket.write(`X-Long: ${'a'.repeat(1000)}\r\n`)) setImmediate(more)
      else socket.once('drain', more)
    }
    more()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await poster(['127.0.0.1']).send(`http://127.0.0.1:${port}/`)).toMatchObject({
    kind: 'unreachable',
    detail: 'HPE_HEADER_OVERFLOW',
  })
})

test.each([
  ['switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['closes in the midst of its head', 'HTTP/1.1 200 OK\r\nX-A:'],
])('a receiver that %s ends the try', async (_what, reply) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => (reply.endsWith('\r\n') ? socket.write(reply) : socket.end(reply)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await poster(['127.0.0.1']).send(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unreachable' })
})
