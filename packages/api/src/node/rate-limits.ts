import type { Log } from '@assayer/schema'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { createClient } from 'redis'
import type { RateLimits, Taken } from '../request/rate-limit.ts'

const refusedPerMinute = 60
/** Addresses share this many counters, so that a process under attack does not grow. */
const counters = 10_000
/** Redis gets this long for a count, then is left alone for a while and each process counts by itself. */
const waitMs = 50
const aloneMs = 1000

export type NodeRateLimits = RateLimits & { close(): void }

/**
 * Counts requests by key in Redis, over all processes, and in this process where Redis is away or silent. Refused keys are counted
 * by address, in each process.
 */
export function createRateLimits(redisUrl: string, quota: number, log: Log): NodeRateLimits {
  const here = new RateLimiterMemory({ points: quota, duration: 60 })
  const refusals = new RateLimiterMemory({ points: refusedPerMinute, duration: 60 })
  const shared = redisUrl === '' ? null : createShared(redisUrl, quota, log)
  return {
    quota,
    async take(keyId) {
      return (await shared?.take(keyId)) ?? (await consume(here, keyId))
    },
    refused: (address) => consume(refusals, counterOf(address)),
    close: () => shared?.close(),
  }
}

function createShared(url: string, quota: number, log: Log) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 1000,
    pingInterval: 1000,
    socket: {
      connectTimeout: 3000,
      socketTimeout: 3000,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 2000),
    },
  })
  // Progress stands on the same Redis and warns when it is lost.
  client.on('error', (error: Error) => log.debug({ reason: error.message }, 'Redis lost: requests are counted here'))
  client.connect().catch(() => {})
  const options = { storeClient: client, useRedisPackage: true, rejectIfRedisNotReady: true }
  const limiter = new RateLimiterRedis({ ...options, keyPrefix: 'assayer-rate', points: quota, duration: 60 })
  let aloneUntil = 0
  return {
    /** Null when Redis cannot say in time. */
    async take(keyId: string): Promise<Taken | null> {
      if (!client.isReady || performance.now() < aloneUntil) return null
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => {
          aloneUntil = performance.now() + aloneMs
          resolve(null)
        }, waitMs)
      })
      try {
        return await Promise.race([consume(limiter, keyId).catch(() => null), late])
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => client.destroy(),
  }
}

/** Rejects only when the store does. */
async function consume(limiter: RateLimiterMemory | RateLimiterRedis, key: string): Promise<Taken> {
  try {
    return takenOf(await limiter.consume(key), true)
  } catch (over) {
    if (over instanceof RateLimiterRes) return takenOf(over, false)
    throw over
  }
}

const takenOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Taken => ({
  allowed,
  remaining: remainingPoints,
  seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
})

function counterOf(address: string): string {
  let hash = 0
  for (let at = 0; at < address.length; at++) hash = (Math.imul(hash, 31) + address.charCodeAt(at)) | 0
  return String(Math.abs(hash % counters))
}
