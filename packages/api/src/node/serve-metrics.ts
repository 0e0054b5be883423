import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Log } from '@assayer/schema'

/** Serves `text` at `/metrics`, without a key, on a listener of its own. Rejects when the port cannot be had. */
export async function serveMetrics(
  text: () => Promise<string>,
  at: { host: string; port: number },
  log: Log,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000 },
    (request, reply) => {
      const known = request.method === 'GET' && request.url === '/metrics'
      if (!known) return void reply.writeHead(404).end()
      text().then(
        (body) => reply.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
        (error: unknown) => {
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'metrics could not be read')
          reply.writeHead(503).end()
        },
      )
    },
  )
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
