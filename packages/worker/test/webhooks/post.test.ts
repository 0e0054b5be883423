import type { AddressInfo } from 'node:net'
import { createServer as createTls } from 'node:https'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { parseScopePattern, receiverScope } from '@assayer/schema'
import { expect, onTestFinished, test } from 'vitest'
import { createPost } from '../../src/webhooks/post.ts'
import { headers, never, poster } from './poster.ts'
import { startReceiver } from './receiver.ts'

test('a body arrives as it is, and nothing asks for compression', async () => {
  const receiver = await startReceiver()
  const { send } = poster(['127.0.0.1'])
  expect(await send(receiver.url, '{"a":"ü"}')).toMatchObject({ kind: 'answered', status: 200 })
  expect(receiver.received[0]?.body).toBe('{"a":"ü"}')
  expect(receiver.received[0]?.headers['accept-encoding']).toBe('identity')
})

test.each([
  'http://example.com/',
  'https://127.0.0.1/',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://localhost/',
  'https://user:password@example.com/',
  'ftp://example.com/',
  'https://example.com/#part',
  'not a url',
])('%s is not asked', async (url) => {
  const { send, asked } = poster([])
  expect(await send(url)).toMatchObject({ kind: 'not-permitted' })
  expect(asked).toEqual([])
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.0.0.192',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '0.0.0.0',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  'fc00::1',
  'fe80::1',
  '64:ff9b::a00:1',
  '64:ff9b:1::a00:1',
  '2002:a00:1::',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  '5f00::1',
  '168.63.129.16',
])('a name that has %s is not connected to', async (address) => {
  const { send, asked } = poster([], { 'hooks.example.com': [address] })
  expect(await send('https://hooks.example.com/')).toMatchObject({ kind: 'not-permitted' })
  expect(asked).toEqual(['hooks.example.com'])
})

test('one private address among public ones refuses them all', async () => {
  const { post, close } = createPost({
    scope: receiverScope([], []),
    resolve: async () => ['93.184.216.34', '10.0.0.1'],
    deadlineMs: 1000,
  })
  onTestFinished(close)
  expect(await post('https://hooks.example.com/', headers, '', never)).toMatchObject({ kind: 'not-permitted' })
})

test('a name that changes its answer is judged by the one that is dialled', async () => {
  const receiver = await startReceiver()
  const names = { 'hooks.example.com': ['127.0.0.1', '127.0.0.2'] }
  const { send } = poster([`hooks.example.com:${receiver.port}`, `127.0.0.1/32:${receiver.port}`], names)
  const url = `http://hooks.example.com:${receiver.port}/`
  expect(await send(url)).toMatchObject({ kind: 'answered' })
  expect(receiver.received).toHaveLength(1)
})

test('a name that changes to what is not allowed is refused at the next connection', async () => {
  const receiver = await startReceiver((reply) => reply.setHeader('Connection', 'close').end())
  const names = { 'hooks.example.com': ['127.0.0.1', '127.0.0.2'] }
  const { send } = poster([`hooks.example.com:${receiver.port}`, `127.0.0.1/32:${receiver.port}`], names)
  const url = `http://hooks.example.com:${receiver.port}/`
  expect(await send(url)).toMatchObject({ kind: 'answered' })
  expect(await send(url)).toMatchObject({ kind: 'not-permitted' })
  expect(receiver.received).toHaveLength(1)
})

test("the service's own addresses stay shut, but for the very one that the operator opens", async () => {
  const receiver = await startReceiver()
  const own = [{ address: '127.0.0.1', port: receiver.port }]
  const at = (allow: string) => {
    const parsed = parseScopePattern(allow)
    if (!parsed.ok) throw new Error(parsed.message)
    const { post, close } = createPost({
      scope: receiverScope([parsed.pattern], own),
      resolve: async () => [],
      deadlineMs: 5000,
    })
    onTestFinished(close)
    return post(receiver.url, headers, '', never)
  }
  expect(await at('127.0.0.0/8')).toMatchObject({ kind: 'not-permitted' })
  expect(await at(`127.0.0.1/32:${receiver.port}`)).toMatchObject({ kind: 'answered' })
})

test('a redirect is not followed', async () => {
  const other = await startReceiver()
  const receiver = await startReceiver((reply) => reply.writeHead(302, { Location: other.url }).end())
  expect(await poster(['127.0.0.1']).send(receiver.url)).toMatchObject({ kind: 'answered', status: 302 })
  expect(other.received).toEqual([])
})

test('of a long reply little is read, and it is not decompressed', async () => {
  let written = 0
  const receiver = await startReceiver((reply) => {
    reply.writeHead(200, { 'Content-Encoding': 'br' })
    const more = () => {
      while (!reply.destroyed && written < 200 * 2 ** 20) {
        written += 65_536
        if (!reply.write(Buffer.alloc(65_536))) return reply.once('drain', more)
      }
      return reply.end()
    }
    more()
  })
  expect(await poster(['127.0.0.1']).send(receiver.url)).toMatchObject({ kind: 'answered', status: 200 })
  expect(written).toBeLessThan(20 * 2 ** 20)
})

test('a receiver that takes its time byte by byte, or for ever, meets the deadline', async () => {
  const silent = await startReceiver(() => {})
  const slow = await startReceiver((reply) => {
    reply.writeHead(200, { 'Content-Length': '1000' })
    const timer = setInterval(() => reply.write('a'), 20)
    reply.once('close', () => clearInterval(timer))
  })
  const { send } = poster(['127.0.0.1'], {}, { deadlineMs: 300 })
  expect(await send(silent.url)).toEqual({ kind: 'timed-out', detail: 'no reply within 0.3 s' })
  // Its head was whole: it has answered, whatever it does with the rest.
  expect(await send(slow.url)).toMatchObject({ kind: 'answered', status: 200 })
})

test('TLS asks for the name, not for the address, and an unknown certificate is refused', async () => {
  const fixture = (name: string) => readFileSync(new URL(`../wall/fixtures/${name}`, import.meta.url), 'utf8')
  const [cert, key] = [fixture('deliberately-public-cert.pem'), fixture('deliberately-public-key.pem')]
  const names: string[] = []
  const asked = (name: string, done: (error: null) => void) => (names.push(name), done(null))
  const server = createTls({ cert, key, SNICallback: asked }, (_request, reply) => reply.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const resolved = () => ({ 'hooks.example.com': ['127.0.0.1'] })
  const url = `https://hooks.example.com:${port}/`
  expect(await poster(['127.0.0.1'], resolved()).send(url)).toMatchObject({ kind: 'unreachable' })
  expect(await poster(['127.0.0.1'], resolved(), { ca: cert }).send(url)).toMatchObject({
    kind: 'unreachable',
    detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
  expect(names).toEqual(['hooks.example.com', 'hooks.example.com'])
})

test('a receiver that is not there is told by a word', async () => {
  const { send } = poster(['127.0.0.1'])
  expect(await send('http://127.0.0.1:1/')).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' })
  expect(await poster([], { 'nowhere.example.com': [] }).send('https://nowhere.example.com/')).toMatchObject({
    kind: 'unreachable',
  })
})

test('no proxy of the environment is used', async () => {
  const proxy = await startReceiver()
  const receiver = await startReceiver()
  process.env['http_proxy'] = proxy.url
  process.env['HTTP_PROXY'] = proxy.url
  onTestFinished(() => {
    delete process.env['http_proxy']
    delete process.env['HTTP_PROXY']
  })
  await poster(['127.0.0.1']).send(receiver.url)
  expect([proxy.received.length, receiver.received.length]).toEqual([0, 1])
})
