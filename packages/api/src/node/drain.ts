import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What is under way gets this long to end. */
const drainMs = 8000
/** New connections are still taken for this long while requests come, so that probes see that the process drains. */
const lingerMs = 2000
/** Without a request for this long nobody sends any. */
const quietMs = 250

export type Drain = { note(response: ServerResponse): void; stop(): Promise<void> }

/**
 * Ends a server so that nobody loses a request: `note` is told of each answer before it is made. Once `stop` is called each answer says
 * `Connection: close` (RFC 9112, 9.6), those under way too, and a request on a kept connection is still answered. Then no
 * connection is taken any more and the idle ones are closed; after eight seconds all that is left is cut.
 */
export function createDrain(server: Server): Drain {
  const underWay = new Set<ServerResponse>()
  /** By connection the bytes that it had sent when it was last answered. */
  const answered = new Map<Socket, number>()
  let stopping = false
  let lastAt = -quietMs

  server.on('connection', (socket: Socket) => {
    answered.set(socket, 0)
    socket.once('close', () => answered.delete(socket))
  })
  const arrives = () => [...answered].some(([socket, bytes]) => socket.bytesRead > bytes)
  const quietSince = (start: number) => performance.now() - Math.max(lastAt, start) >= quietMs
  const tellToClose = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }

  return {
    note(response) {
      const { socket } = response
      underWay.add(response)
      if (stopping) tellToClose(response)
      response.once('close', () => {
        underWay.delete(response)
        if (socket && answered.has(socket)) answered.set(socket, socket.bytesRead)
        lastAt = performance.now()
      })
    },
    async stop() {
      stopping = true
      for (const response of underWay) tellToClose(response)
      const closed = new Promise<void>((resolve) => server.once('close', resolve))
      const start = performance.now()
      const past = (ms: number) => performance.now() - start > ms
      const comes = (since: number) => underWay.size > 0 || arrives() || !quietSince(answered.size > 0 ? since : 0)
      while (comes(start) && !past(lingerMs)) await sleep(25)
      server.close()
      const last = performance.now()
      while (answered.size > 0 && comes(last) && !past(drainMs)) {
        server.closeIdleConnections()
        await sleep(25)
      }
      server.closeAllConnections()
      await closed
    },
  }
}
