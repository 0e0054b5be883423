import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Received = { path: string; headers: IncomingHttpHeaders; body: string; at: number }
export type Receiver = { url: string; port: number; received: Received[] }

/** A receiver of events on loopback that answers as `answer` says, 200 without it. */
export async function startReceiver(
  answer: (reply: ServerResponse, received: Received) => void = (reply) => reply.end('ok'),
): Promise<Receiver> {
  const received: Received[] = []
  const server: Server = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body, at: performance.now() }
      received.push(one)
      answer(reply, one)
    })
    request.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, port, received }
}
