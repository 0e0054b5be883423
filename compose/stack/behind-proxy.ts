import { writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../local/free-port.ts'
import { makeExpiredCertificate } from '../local/weak-site/expired-certificate.ts'
import { insist } from './order.ts'
import type { Stack } from './stack.ts'

const files = ['-f', fileURLToPath(new URL('../compose.proxy.yaml', import.meta.url))]

/** What each request claims of where it comes from. */
export const claimed = '203.0.113.9'

export type Front = {
  /** Asks through the proxy. */
  ask: (path: string, more?: Ask) => Promise<Reply>
  /** What the proxy sees as the client: the engine's gateway, through which the port of this machine comes. */
  gateway: string
  /** The variables that compose.proxy.yaml was started with. */
  env: Record<string, string>
}

/** Puts the stack behind compose.proxy.yaml with two API processes; the stack without it is there again afterwards. */
export async function behindProxy(stack: Stack, use: (front: Front) => Promise<string[]>): Promise<string[]> {
  const port = await freePort()
  const net = stack.site.replace(/^http:\/\/172\.30\.(\d+)\..*$/, '172.29.$1')
  const env = { FRONT_SUBNET: `${net}.0/24`, HTTPS_PORT: String(port), PUBLIC_URL: `https://127.0.0.1:${port}` }
  const { cert, key } = makeExpiredCertificate('assayer.invalid')
  await writeFile(join(stack.secrets, 'tls_certificate'), cert)
  await writeFile(join(stack.secrets, 'tls_key'), key)
  await stack.compose(['rm', '--force', '--stop', 'api'])
  await stack.removeNetwork('front')
  try {
    await stack.compose([...files, 'up', '--detach', '--wait', '--no-deps', '--scale', 'api=2', 'api', 'proxy'], env)
    const ask = asker(port, stack)
    await insist(async () => ((await ask('/readyz')).status === 200 ? true : null), 30_000, stack.signal)
    return await use({ ask, gateway: `${net}.1`, env })
  } finally {
    await stack.compose([...files, 'rm', '--force', '--stop', 'api', 'proxy'], env)
    await stack.removeNetwork('front')
    await stack.compose(['up', '--detach', '--wait', '--no-deps', 'api'])
  }
}

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer }
type Ask = {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Ends the reply once it has this text. */
  until?: string
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
        reply.on('error', reject)
      },
    )
    call.on('timeout', () => call.destroy(new Error('no answer within 20 s')))
    call.on('error', reject)
    call.end(body)
    return promise
  }
}
