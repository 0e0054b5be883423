import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { call } from '../client/http.ts'
import type { Service } from '../client/http.ts'

const mostBytes = 65_536
const waitMs = 15_000

export type DemoReceiver = {
  /** What WEBHOOK_ALLOW has to hold. */
  allow: string
  /** Makes an endpoint for it. */
  subscribe(service: Service, signal: AbortSignal): Promise<void>
  /** A sentence about the event of this type, once it is there, or that it is not there in time. */
  arrival(type: string, signal: AbortSignal): Promise<string>
  stop(): Promise<void>
}

/** A receiver of one scan's events on loopback, which checks who signed them. */
export async function startReceiver(): Promise<DemoReceiver> {
  let secret = ''
  const arrived = new Map<string, { at: number; signed: boolean }>()
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) request.destroy()
      else chunks.push(chunk)
    })
    request.on('error', () => {})
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { type } = JSON.parse(body.toString()) as { type: string }
      arrived.set(type, { at: performance.now(), signed: isSigned(secret, request.headers, body) })
      reply.writeHead(204).end()
      server.emit('event')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    allow: `127.0.0.1/32:${port}`,
    async subscribe(service, signal) {
      const body = { url: `http://127.0.0.1:${port}/`, events: ['scan.finished'] }
      const response = await call(service, '/v1/webhook-endpoints', { method: 'POST', body, signal })
      secret = ((await response.json()) as { secret: string }).secret
    },
    async arrival(type, signal) {
      const since = performance.now()
      const late = AbortSignal.any([signal, AbortSignal.timeout(waitMs)])
      while (!arrived.has(type) && !late.aborted) await once(server, 'event', { signal: late }).catch(() => {})
      const event = arrived.get(type)
      if (event === undefined) return `No webhook ${type} arrived in ${waitMs / 1000} s.`
      const seconds = (Math.max(0, event.at - since) / 1000).toFixed(1)
      return `Webhook ${type} arrived ${seconds} s after the end, ${event.signed ? 'its signature is valid' : 'WRONGLY SIGNED'}.`
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Standard Webhooks 1.0.0; the receiver runs beside its sender, so the time stamp needs no look. */
function isSigned(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`
  const expected = createHmac('sha256', key).update(content).update(body).digest()
  const given = Buffer.from(String(headers['webhook-signature']).replace('v1,', ''), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
