import { readRetryAfter } from '@assayer/schema'
import type { Posted } from './post.ts'

/** Replies of a receiver, or of a proxy before it, that has too much to do or is ill. */
const busy = new Set([429, 500, 502, 503, 504])

/**
 * For how long in ms a receiver asks to be left alone: Retry-After of a busy one. Of a forge a 403 may be one as well, and with nothing
 * left of its rate limit it is until that is renewed. Null where it asks for nothing. Source: GitHub, "Rate limits for the REST API".
 */
export function askedWait(
  { status, retryAfter, rateLimit }: Extract<Posted, { kind: 'answered' }>,
  isForge: boolean,
  now: Date,
): number | null {
  if (!busy.has(status) && !(isForge && status === 403)) return null
  const wait = readRetryAfter(retryAfter, now)
  const isLimited = isForge && (status === 403 || status === 429) && rateLimit?.remaining === '0'
  if (wait !== null || !isLimited || !/^\d{1,11}$/.test(rateLimit.reset ?? '')) return wait
  return Math.max(0, Number(rateLimit.reset) * 1000 - now.getTime())
}
