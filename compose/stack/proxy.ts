import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { freePort } from '../local/free-port.ts'
import { makeExpiredCertificate } from '../local/weak-site/expired-certificate.ts'
import type { Fault } from './faults.ts'
import { insist, slow } from './order.ts'
import type { Stack } from './stack.ts'

const file = fileURLToPath(new URL('../compose.proxy.yaml', import.meta.url))
const files = ['-f', file]

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer }
type Ask = {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Ends the reply once it has this text. */ until?: string
}

/** Asks through the proxy, whose certificate is its own; the reply is read to 4 MiB at most. */
function asker(port: number, { key }: Stack) {
  return async (path: string, { method = 'GET', headers = {}, body, until }: Ask = {}): Promise<Reply> => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const options = {
      port,
      host: '127.0.0.1',
      path,
      method,
      rejectUnauthorized: false,
      agent: false,
      timeout: 20_000,
    } as const
    const call = request(
      { ...options, headers: { Authorization: `Bearer ${key}`, 'X-Forwarded-For': claimed, ...headers } },
      (reply) => {
        const chunks: Buffer[] = []
        let size = 0
        const done = () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) })
        reply.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > 4_194_304) call.destroy(new Error('the reply is too long'))
          if (until === undefined || !Buffer.concat(chunks).includes(until)) return
          done()
          call.destroy()
        })
        reply.on('end', done)
      },
    )
    call.on('timeout', () => call.destroy(new Error('no answer within 20 s')))
    call.on('error', reject)
    call.end(body)
    return promise
  }
}

/** The stack behind compose.proxy.yaml with two API processes; the stack without it is there again afterwards. */
export const proxy: Fault = {
  name: 'behind the proxy with two API processes',
  expected: 'TLS, gzip, ETags, limits and the client address hold, events come one by one, /metrics is closed',
  async run(stack) {
    const port = await freePort()
    const net = stack.site.replace(/^http:\/\/172\.30\.(\d+)\..*$/, '172.29.$1')
    const env = { FRONT_SUBNET: `${net}.0/24`, HTTPS_PORT: String(port), PUBLIC_URL: `https://127.0.0.1:${port}` }
    const { cert, key } = makeExpiredCertificate('assayer.invalid')
    await writeFile(join(stack.secrets, 'tls_certificate'), cert)
    await writeFile(join(stack.secrets, 'tls_key'), key)
    await stack.compose(['rm', '--force', '--stop', 'api'])
    await stack.removeNetwork('front')
    await stack.compose([...files, 'up', '--detach', '--wait', '--no-deps', '--scale', 'api=2', 'api', 'proxy'], env)
    const wrong = await look(stack, asker(port, stack), `${net}.1`)
    await stack.compose([...files, 'rm', '--force', '--stop', 'api', 'proxy'], env)
    await stack.removeNetwork('front')
    await stack.compose(['up', '--detach', '--wait', '--no-deps', 'api'])
    return wrong
  },
}

const claimed = '203.0.113.9'

async function look(stack: Stack, ask: ReturnType<typeof asker>, gateway: string): Promise<string[]> {
  const wrong: string[] = []
  const expect = (holds: boolean, what: string) => void (holds || wrong.push(what))
  await insist(async () => ((await ask('/readyz')).status === 200 ? true : null), 30_000)

  const plain = await ask('/openapi.json')
  const packed = await ask('/openapi.json', { headers: { 'Accept-Encoding': 'gzip' } })
  const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  expect(packed.headers['content-encoding'] === 'gzip' && sum(gunzipSync(packed.body)) === sum(plain.body), 'gzip')
  expect(packed.headers['x-cache'] === 'HIT', `the cache says ${String(packed.headers['x-cache'])}`)
  const known = await ask('/openapi.json', { headers: { 'If-None-Match': plain.headers.etag ?? '' } })
  expect(plain.headers.etag !== undefined && known.status === 304, `ETag ${plain.headers.etag}: ${known.status}`)
  const head = await ask('/v1/scans', { method: 'HEAD' })
  expect(head.status === 200 && head.body.length === 0, `HEAD: ${head.status}`)
  expect((await ask('/metrics')).status === 404, 'metrics are open')
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
  for (const bytes of [1_060_000, 3_000_000]) {
    const large = await ask('/v1/scans', { ...post, body: `"${'x'.repeat(bytes)}"` }).catch(() => ({ status: 413 }))
    expect(large.status === 413, `${bytes} bytes: ${large.status}`)
  }

  const made = await ask('/v1/scans', {
    ...post,
    body: JSON.stringify({ targets: [stack.site], ...slow }),
  })
  const { id } = JSON.parse(made.body.toString()) as { id: string }
  const events = await ask(`/v1/scans/${id}/events`, { headers: { Accept: 'text/event-stream' }, until: 'event:' })
  expect(made.status === 202 && events.status === 200, `order ${made.status}, events ${events.status}`)
  const shown = JSON.parse((await ask(`/v1/scans/${id}`)).body.toString()) as { state: string }
  expect(['queued', 'running'].includes(shown.state), `the first event came when the scan was ${shown.state}`)
  const audit = (await ask('/v1/audit-events?limit=50')).body.toString()
  // What the proxy saw: the engine's gateway, through which the port of this machine comes; never what a client claims.
  const clients = [...new Set([...audit.matchAll(/"client":"([^"]*)"/g)].map(([, client = '']) => client))]
  expect(clients.includes(gateway) && !clients.includes(claimed), `clients in the audit log: ${clients.join(', ')}`)
  const replies = await Promise.all(Array.from({ length: 40 }, () => ask('/v1/scans?limit=5')))
  expect(
    replies.every(({ status }) => status === 200),
    `lists: ${replies.map(({ status }) => status).join(' ')}`,
  )
  return wrong
}
