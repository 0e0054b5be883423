import type { Log } from '@assayer/schema'
import { createBell } from '@assayer/schema/doorbell'
import type { Progress } from '../deps.ts'
import type { RateLimits } from '../request/rate-limit.ts'
import { createProgress } from './progress.ts'
import { createRateLimits } from './rate-limits.ts'

/** What stands on Redis: progress, the bell of the workers, and counts of requests (null where nothing is limited). */
export type RedisParts = { progress: Progress; ring(): void; limits: RateLimits | null; close(): Promise<void> }

/** Connects to Redis, for each part by itself. */
export function createRedisParts(redisUrl: string, requestsPerMinute: number, log: Log): RedisParts {
  const progress = createProgress(redisUrl, log)
  // Progress stands on the same Redis and warns when it is lost.
  const bell = createBell({ redisUrl, log: log.child({}, { level: 'error' }) })
  const limits = requestsPerMinute === 0 ? null : createRateLimits(redisUrl, requestsPerMinute, log)
  return {
    progress,
    ring: () => bell.ring(),
    limits,
    async close() {
      progress.close()
      limits?.close()
      await bell.close()
    },
  }
}
