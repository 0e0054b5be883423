import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Problem } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { answerClientErrors, hostFlaw, sendProblem } from './client-error.ts'

type At = { host: string; port: number; publicUrl: string }

/** Serves `text` at `/metrics`, without a key, on a listener of its own. Rejects when the port cannot be had. */
export async function serveMetrics(
  text: () => Promise<string>,
  at: At,
  log: Log,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { publicUrl } = at
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000, requireHostHeader: false },
    (request, reply) => {
      const flaw = hostFlaw(request) ?? routeFlaw(request)
      if (flaw) return sendProblem(reply, flaw, publicUrl)
      text().then(
        (body) => reply.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
        (error: unknown) => {
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'metrics could not be read')
          const away = new Problem('database-unavailable', { headers: { 'Retry-After': '2' } })
          sendProblem(reply, away, publicUrl)
        },
      )
    },
  )
  answerClientErrors(server, publicUrl)
  server.maxConnections = 64
  server.listen(at.port, at.host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : at.port,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function routeFlaw({ method = '', url = '' }: IncomingMessage): Problem | null {
  if (url !== '/metrics') return new Problem('route-not-found')
  const known = ['GET', 'HEAD'].includes(method)
  return known ? null : new Problem('method-not-allowed', { headers: { Allow: 'GET, HEAD' } })
}
