import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export type Site = {
  port: number
  /** Its own access log: which run asked, in the order the requests came. */
  runsAt(host: string): string[]
  stop(): Promise<void>
}

/** A web site on every address of loopback. */
export async function startSite(): Promise<Site> {
  const log: { host: string; run: string }[] = []
  const server = createServer((request, response) => {
    const host = request.headers.host?.split(':')[0] ?? ''
    log.push({ host, run: String(request.headers['x-run'] ?? 'assayer') })
    response.end('<html><body>hello</body></html>')
  })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    runsAt: (host) => log.filter((entry) => entry.host === host).map(({ run }) => run),
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** A port on every address of loopback that accepts and never says a word. */
export async function startSilence(): Promise<{ port: number; accepted(): number; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  const server = createTcpServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => open.size,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** The runs in the order of their first requests; a run that asks again after a later one began stands there twice. */
export const turns = (runs: string[]): string[] => runs.filter((run, n) => run !== runs[n - 1])
