import { progressChannel, scanEnded } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { createClient } from 'redis'
import type { Progress } from '../deps.ts'

export type RedisProgress = Progress & { close(): void }

/**
 * Progress over Redis pub/sub: one subscribed connection, a channel for each scan that somebody watches. Without Redis, and
 * while it is away, it stays silent; one warning an outage. Never throws.
 */
export function createProgress(redisUrl: string, log: Log): RedisProgress {
  if (redisUrl === '') {
    log.warn('no REDIS_URL: running without Redis, scans start and progress shows up to a second later')
    return { watch: () => () => {}, isUp: () => false, close() {} }
  }
  const watchers = new Map<string, Set<(ended: boolean) => void>>()
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    pingInterval: 1000,
    socket: {
      connectTimeout: 3000,
      socketTimeout: 3000,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 2000),
    },
  })
  let warned = false
  client.on('error', (error: Error) => {
    if (!warned) log.warn({ reason: error.message }, 'Redis lost: progress comes from PostgreSQL meanwhile')
    warned = true
  })
  const wakeAll = (message: string, channel: string) => {
    for (const wake of watchers.get(channel) ?? []) wake(message === scanEnded)
  }
  const subscribe = (channels: string[]) => {
    if (client.isReady && channels.length > 0) client.subscribe(channels, wakeAll).catch(() => {})
  }
  client.on('ready', () => {
    if (warned) log.info('Redis works again')
    warned = false
    subscribe([...watchers.keys()])
  })
  client.connect().catch(() => {})

  return {
    isUp: () => client.isReady,
    watch(scanId, wake) {
      const channel = progressChannel(scanId)
      const others = watchers.get(channel)
      if (others) others.add(wake)
      else {
        watchers.set(channel, new Set([wake]))
        subscribe([channel])
      }
      return () => {
        const left = watchers.get(channel)
        left?.delete(wake)
        if (left?.size !== 0) return
        watchers.delete(channel)
        if (client.isReady) client.unsubscribe(channel, wakeAll).catch(() => {})
      }
    },
    close: () => client.destroy(),
  }
}
