import { problem } from '@assayer/schema'

/** What is left after one more was counted: how many, and the seconds until the window ends. */
export type Taken = { allowed: boolean; remaining: number; seconds: number }

/** Counts over windows of a minute. Never rejects, and never waits long for another process. */
export type RateLimits = {
  /** Requests a minute that a key may send. */
  quota: number
  /** Counts a request of this key. */
  take(keyId: string): Promise<Taken>
  /** Counts a refused key that came from this address. */
  refused(address: string): Promise<Taken>
}

/**
 * Counts a request of a key; `rate-limited` when it has sent too many. Either way the answer's headers say what is left, in the
 * syntax of draft-ietf-httpapi-ratelimit-headers-10.
 */
export async function limitKey(limits: RateLimits, keyId: string, headers: Record<string, string>): Promise<void> {
  const { allowed, remaining, seconds } = await limits.take(keyId)
  headers['RateLimit-Policy'] = `"default";q=${limits.quota};w=60`
  headers['RateLimit'] = `"default";r=${remaining};t=${seconds}`
  if (!allowed) throw problem('rate-limited', { headers: { 'Retry-After': String(seconds) } })
}

/** Counts a refused key; `rate-limited` when too many came from there. Keys that count are let in all the same. */
export async function limitRefused(limits: RateLimits, address: string): Promise<void> {
  const { allowed, seconds } = await limits.refused(address)
  if (!allowed) throw problem('rate-limited', { headers: { 'Retry-After': String(seconds) } })
}
