import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Problem } from '@assayer/schema'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Bindings } from '../app.ts'
import { renderProblem } from '../problem.ts'
import { requestIdFrom } from '../request/request-id.ts'
import { answerClientErrors, hostFlaw, sendProblem } from './client-error.ts'
import { createClientAddress } from './client-address.ts'
import { createDrain } from './drain.ts'

export type Served = { url: string; port: number; stop(): Promise<void> }

type ServeOptions = {
  host: string
  port: number
  publicUrl: string
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[]
}

/** Serves the app by node:http with its own time-outs and bounds. Rejects when the port cannot be had. */
export async function serveApp(app: Hono, options: ServeOptions): Promise<Served> {
  const { host, port, publicUrl, trustedProxies = [] } = options
  const addressOf = createClientAddress(trustedProxies)
  const answer = getRequestListener(
    (request, { incoming }) => {
      const bindings: Bindings = { address: addressOf(incoming as IncomingMessage) }
      return app.fetch(request, bindings)
    },
    {
      // For HTTP/1.0, which needs no host.
      hostname: 'localhost',
      // Only what has no readable URL or host gets here: the app answers everything else itself.
      errorHandler: () => {
        const at = { path: '/', requestId: requestIdFrom(undefined) }
        const { status, body, headers } = renderProblem(new Problem('malformed-request'), publicUrl, at)
        return new Response(body, { status, headers: { ...headers, 'X-Request-Id': at.requestId } })
      },
    },
  )
  const server = createServer(
    {
      headersTimeout: 10_000,
      // Else a slow sender would keep its connection for half a minute longer.
      connectionsCheckingInterval: 2000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      // Looked at below: node's own refusal is no problem document.
      requireHostHeader: false,
      // A reader of events who vanished is noticed by TCP.
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    },
    (request, response) => {
      drain.note(response)
      const flaw = hostFlaw(request)
      if (flaw) sendProblem(response, flaw, publicUrl)
      else void answer(request, response)
    },
  )
  const drain = createDrain(server)
  server.maxConnections = 10_000
  answerClientErrors(server, publicUrl)
  await listen(server, host, port)
  const { port: bound } = server.address() as AddressInfo
  const shown = host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${bound}`, port: bound, stop: drain.stop }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
