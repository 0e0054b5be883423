import BeeQueue from 'bee-queue'
import type { Log } from '../log.ts'

const doorbellQueue = 'assayer-doorbell'

export type KeptQueue = { current(): BeeQueue | null; doubt(why: string): void; close(): Promise<void> }

type Raw = BeeQueue & { client?: { end(flush: boolean): void }; bclient?: { end(flush: boolean): void } }

/**
 * A bee-queue Queue that is thrown away and built anew on any doubt: an error event, a refused connection, or whoever uses it
 * calling `doubt`. Its own Redis client never reconnects, as a Queue does not survive a server that lost its scripts
 * (bee-queue issues 147 and 489). Tries again after 0.25 s, doubling to 2 s. Never throws and never rejects.
 */
export function keepQueue(options: {
  redisUrl: string
  isWorker: boolean
  log: Log
  onReady?: (queue: BeeQueue) => void
}): KeptQueue {
  let queue: BeeQueue | null = null
  let timer: NodeJS.Timeout | undefined
  let tries = 0
  let closed = false
  let warned = false

  // A server that answers nothing leaves QUIT, and so `close`, waiting for ever: it gets a second.
  const discard = async (old: BeeQueue) => {
    old.on('error', () => {})
    let late: NodeJS.Timeout | undefined
    const deadline = new Promise<void>((resolve) => (late = setTimeout(resolve, 1000)))
    await Promise.race([old.close(500).catch(() => {}), deadline])
    clearTimeout(late)
    for (const client of [(old as Raw).client, (old as Raw).bclient]) client?.end(true)
  }

  const build = () => {
    const fresh = new BeeQueue(doorbellQueue, settings(options))
    const drop = (why: string) => {
      if (dropped) return
      dropped = true
      if (queue === fresh) queue = null
      const discarded: Promise<void> = discard(fresh).finally(() => discards.delete(discarded))
      discards.add(discarded)
      if (closed) return
      if (!warned) options.log.warn({ why }, 'doorbell lost: scans start by NOTIFY and by the poll meanwhile')
      warned = true
      timer = setTimeout(build, Math.min(250 * 2 ** tries++, 2000))
    }
    let dropped = false
    drops.set(fresh, drop)
    newest = fresh
    fresh.on('error', (error: Error) => drop(error.message))
    void fresh.connect()
    fresh.ready().then(
      () => {
        if (dropped || closed) return
        if (warned) options.log.info('doorbell works again')
        warned = false
        tries = 0
        queue = fresh
        options.onReady?.(fresh)
      },
      (error: unknown) => drop(error instanceof Error ? error.message : 'not ready'),
    )
  }
  let newest: BeeQueue | null = null
  const drops = new WeakMap<BeeQueue, (why: string) => void>()
  const discards = new Set<Promise<void>>()
  build()

  return {
    current: () => queue,
    doubt: (why) => {
      if (queue) drops.get(queue)?.(why)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      if (newest) drops.get(newest)?.('closing')
      await Promise.all(discards)
    },
  }
}

function settings({ redisUrl, isWorker }: { redisUrl: string; isWorker: boolean }): BeeQueue.QueueSettings {
  const url = new URL(redisUrl)
  const redis = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    // Left out where it is 0: SELECT, sent before bee-queue listens for errors, ended the process when that write failed.
    ...(Number(url.pathname.slice(1)) ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.username ? { user: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: { servername: url.hostname } } : {}),
    connect_timeout: 3000,
    // Its check fails twice on a connection that breaks early, and bee-queue hears the first alone: the second ended the process.
    no_ready_check: true,
    socket_keepalive: true,
    socket_initial_delay: 5000,
    retry_strategy: () => new Error('the connection was lost'),
  }
  return {
    redis,
    isWorker,
    autoConnect: false,
    getEvents: false,
    sendEvents: false,
    storeJobs: false,
    removeOnSuccess: true,
    removeOnFailure: true,
    activateDelayedJobs: false,
  }
}
