import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@assayer/schema'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Bindings } from '../app.ts'
import { renderProblem } from '../problem.ts'
import { requestIdFrom } from '../request/request-id.ts'
import { answerClientErrors } from './client-error.ts'
import { createClientAddress } from './client-address.ts'

export type Served = { url: string; port: number; stop(): Promise<void> }

/** What is under way gets this long to end. */
const drainMs = 8000
/** New connections are still taken for this long while requests come, so that probes see that the process drains. */
const lingerMs = 2000
/** Without a request for this long nobody sends any. */
const quietMs = 250

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
  let underWay = 0
  let lastAt = -quietMs
  const answer = getRequestListener(
    (request, { incoming }) => {
      const bindings: Bindings = { address: addressOf(incoming as IncomingMessage) }
      return app.fetch(request, bindings)
    },
    {
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
      // A reader of events who vanished is noticed by TCP.
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    },
    (request, response) => {
      underWay++
      response.once('close', () => {
        underWay--
        lastAt = performance.now()
      })
      void answer(request, response)
    },
  )
  server.maxConnections = 10_000
  answerClientErrors(server, publicUrl)
  await listen(server, host, port)
  const { port: bound } = server.address() as AddressInfo
  const traffic = { underWay: () => underWay, comes: () => underWay > 0 || performance.now() - lastAt < quietMs }
  const shown = host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${bound}`, port: bound, stop: () => stop(server, traffic) }
}

type Traffic = { underWay(): number; comes(): boolean }

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Answers what is under way, then closes; after the deadline closes all the same. */
async function stop(server: Server, { underWay, comes }: Traffic): Promise<void> {
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const start = performance.now()
  const past = (ms: number) => performance.now() - start > ms
  while (comes() && !past(lingerMs)) await sleep(25)
  server.close()
  while (underWay() > 0 && !past(drainMs)) await sleep(25)
  server.closeAllConnections()
  await closed
}
