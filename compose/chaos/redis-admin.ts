import { createClient } from 'redis'

export type RedisAdmin = { send(...command: string[]): Promise<unknown>; close(): void }

/** A client straight to a world's Redis, for what an operator or a bad day would do to it. */
export async function openRedisAdmin(url: string): Promise<RedisAdmin> {
  const client = createClient({ url, socket: { reconnectStrategy: (tries) => Math.min(20 * 2 ** tries, 500) } })
  client.on('error', () => {})
  await client.connect()
  return { send: (...command) => client.sendCommand(command), close: () => client.destroy() }
}
