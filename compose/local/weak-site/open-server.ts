import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'

export type OpenServer = { port: number; close(): Promise<void> }

/**
 * Listens on host and port (0: a free one) and resolves once connections are taken; rejects when the port is taken.
 * `close` drops every open connection and resolves when the port is free again.
 */
export async function openServer(server: Server, host: string, port: number): Promise<OpenServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
