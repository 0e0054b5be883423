import { progressChannel, scanEnded } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { createClient } from 'redis'

export type Publisher = { publish(scanId: string, ended?: boolean): void; close(): Promise<void> }

/**
 * Tells the listeners of a scan that it changed, at most every 100 ms a scan, and at once that it ended. Fire and forget:
 * without Redis nothing is told, as listeners also look into PostgreSQL. An empty URL tells nothing.
 */
export function createPublisher(redisUrl: string, log: Log): Publisher {
  if (redisUrl === '') return { publish() {}, close: async () => {} }
  let warned = false
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
  client.on('error', (error: Error) => {
    if (!warned) log.warn({ reason: error.message }, 'redis lost: progress is read from the database meanwhile')
    warned = true
  })
  client.on('ready', () => {
    if (warned) log.info('redis works again')
    warned = false
  })
  client.connect().catch(() => {})

  const due = new Map<string, NodeJS.Timeout>()
  const tell = (scanId: string, message = '') => {
    due.delete(scanId)
    if (client.isReady) client.publish(progressChannel(scanId), message).catch(() => {})
  }
  return {
    publish(scanId, ended = false) {
      if (ended) {
        clearTimeout(due.get(scanId))
        tell(scanId, scanEnded)
      } else if (!due.has(scanId) && due.size < 10_000)
        due.set(
          scanId,
          setTimeout(() => tell(scanId), 100),
        )
    },
    async close() {
      for (const [scanId, timer] of due) {
        clearTimeout(timer)
        tell(scanId)
      }
      if (client.isReady) await client.close().catch(() => {})
      else client.destroy()
    },
  }
}
