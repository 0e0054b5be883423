import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import {
  connect,
  createServer,
  type ConnectionOptions,
  type SecureVersion,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { openWall, order, rule, target, through } from './helpers.ts'

const pem = (name: string) => readFileSync(new URL(`fixtures/deliberately-public-${name}.pem`, import.meta.url))
const VERSIONS: SecureVersion[] = ['TLSv1.2', 'TLSv1.3']

async function site(options: TlsOptions, serve: (socket: TLSSocket) => void) {
  const sockets: TLSSocket[] = []
  const server = createServer({ key: pem('key'), cert: pem('cert'), ...options }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as AddressInfo
  const wall = await openWall()
  wall.open(order([rule(`127.0.0.1:${port}`)], { targets: [target('127.0.0.1', port, 'https')] }))
  const ask = async (client: ConnectionOptions = {}) => {
    const { socket } = await through(wall.port, '127.0.0.1', port)
    const secure = connect({ socket, rejectUnauthorized: false, ...client })
    secure.on('error', () => {})
    // Written before the handshake, so that the request leaves together with the Finished.
    secure.write('GET / HTTP/1.1\r\n\r\n')
    await once(secure, 'secureConnect')
    return secure
  }
  return { ask, counts: () => wall.evidence('attempt-1')?.targets[0] }
}

const answer = (socket: TLSSocket) => socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))

for (const version of VERSIONS) {
  const only = { minVersion: version, maxVersion: version }

  test(`${version}: a server that answers is seen to answer, once a connection`, async () => {
    const { ask, counts } = await site(only, answer)
    const secure = await ask()
    await once(secure, 'data')
    secure.write('GET /2 HTTP/1.1\r\n\r\n')
    await once(secure, 'data')
    expect(counts()).toMatchObject({ connects: 1, tlsHandshakes: 1, requests: 2, answers: 1, otherAnswers: 0 })
  })

  test(`${version}: a server that greets and then says nothing is not`, async () => {
    const heard = Promise.withResolvers<void>()
    const { ask, counts } = await site(only, (socket) => socket.once('data', () => heard.resolve()))
    await ask()
    await heard.promise
    expect(counts()).toMatchObject({ tlsHandshakes: 1, requests: 1, answers: 0, firstAnswerAt: null })
  })

  test(`${version}: a resumed session is counted like a new one`, async () => {
    const { ask, counts } = await site(only, answer)
    const first = await ask()
    const session = version === 'TLSv1.3' ? ((await once(first, 'session')) as [Buffer])[0] : first.getSession()
    if (!session) throw new Error('no session')
    const second = await ask({ session })
    await once(second, 'data')
    expect(second.isSessionReused()).toBe(true)
    await expect.poll(counts).toMatchObject({ connects: 2, tlsHandshakes: 2, requests: 2, answers: 2 })
  })
}

test('TLS 1.3 after a hello retry', async () => {
  const { ask, counts } = await site({ minVersion: 'TLSv1.3', ecdhCurve: 'P-384' }, answer)
  const secure = await ask({ ecdhCurve: 'X25519:P-384' })
  await once(secure, 'data')
  expect(counts()).toMatchObject({ tlsHandshakes: 1, requests: 1, answers: 1 })
})

test('a refused handshake is no handshake', async () => {
  const { ask, counts } = await site({ minVersion: 'TLSv1.3' }, answer)
  await expect(ask({ maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version|alert/i)
  await expect.poll(counts).toMatchObject({ tlsHandshakes: 0, requests: 0, answers: 0, otherAnswers: 1 })
})
