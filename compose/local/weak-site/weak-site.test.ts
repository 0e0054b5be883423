import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { createAccessLog } from './access-log.ts'
import { startWeakSite, type WeakSite } from './start-weak-site.ts'

const started: WeakSite[] = []
const start = async (...options: Parameters<typeof startWeakSite>) => {
  const site = await startWeakSite(...options)
  started.push(site)
  return site
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((site) => site.stop()))
})

test('serves made-up secrets over HTTP and records each request with its host header', async () => {
  const told: string[] = []
  const site = await start({ log: (line) => told.push(line.path) })
  const answer = await fetch(`http://127.0.0.1:${site.httpPort}/.env`)
  expect(await answer.text()).toContain('DB_PASSWORD=fake-password')
  expect(site.requests).toEqual([
    { at: expect.any(Number), port: site.httpPort, method: 'GET', path: '/.env', host: `127.0.0.1:${site.httpPort}` },
  ])
  expect(told).toEqual(['/.env'])
})

test('lets admin in with the password admin and with no other', async () => {
  const site = await start()
  const signIn = (password: string) =>
    fetch(`http://127.0.0.1:${site.httpPort}/admin/login`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username: 'admin', password }),
    })
  const right = await signIn('admin')
  const wrong = await signIn('other')
  expect([right.status, right.headers.get('location'), wrong.status]).toEqual([302, '/admin/dashboard', 200])
})

test('redirects anywhere, also to what cannot stand in a header as it is', async () => {
  const { httpPort } = await start()
  const ask = (url: string) =>
    fetch(`http://127.0.0.1:${httpPort}/redirect?url=${encodeURIComponent(url)}`, { redirect: 'manual' })
  expect((await ask('https://other.invalid/')).headers.get('location')).toBe('https://other.invalid/')
  expect((await ask('/a\r\nset-cookie: b=\u{1F600}')).status).toBe(302)
})

test('greets on its TCP port and answers bytes that are no HTTP with 400', async () => {
  const site = await start()
  const ftp = connect(site.tcpPort, '127.0.0.1')
  const [greeting] = await once(ftp, 'data')
  expect(String(greeting)).toMatch(/^220 ProFTPD 1\.3\.3/)
  ftp.destroy()
  const http = connect(site.httpPort, '127.0.0.1')
  http.write('USER anonymous\r\n')
  const [reply] = await once(http, 'data')
  expect(String(reply)).toMatch(/^HTTP\/1\.1 400/)
  http.destroy()
  expect(site.requests.map(({ method, port }) => ({ method, port }))).toEqual([
    { method: 'CONNECT-TCP', port: site.tcpPort },
    { method: 'MALFORMED', port: site.httpPort },
  ])
})

test('shows a certificate that is expired, self-signed and made out to another name', async () => {
  const site = await start()
  const socket = connectTls({ port: site.tlsPort, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  expect(certificate?.validToDate.toISOString()).toBe('2020-02-01T00:00:00.000Z')
  expect(certificate && certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate?.subjectAltName).toBe('DNS:wrong-name.weak-site.invalid')
})

test('stop drops clients that hold a connection and frees the port at once', async () => {
  const site = await start()
  const client = connect(site.tcpPort, '127.0.0.1')
  await once(client, 'data')
  const closed = once(client, 'close')
  await site.stop()
  await closed
  const again = await start({ httpPort: site.httpPort })
  expect(again.httpPort).toBe(site.httpPort)
})

test.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.com'])('never listens on %s', async (host) => {
  await expect(startWeakSite({ host })).rejects.toThrow('loopback only')
})

test('a full access log lets the oldest tenth go', () => {
  const log = createAccessLog(20)
  for (let n = 0; n <= 20; n += 1) log.record({ port: 1, method: 'GET', path: `/${n}`, host: null })
  expect(log.lines.map(({ path }) => path)).toEqual(Array.from({ length: 19 }, (_, n) => `/${n + 2}`))
})
