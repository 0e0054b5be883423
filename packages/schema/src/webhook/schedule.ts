const seconds = (n: number) => n * 1000
const minutes = (n: number) => n * 60_000
const hours = (n: number) => n * 3_600_000

/** Waits before each try of a delivery, in ms. Source: Standard Webhooks 1.0.0, deliverability. About 75.6 hours in all. */
const waits = [
  0,
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(14),
  hours(20),
  hours(24),
] as const
const longestRetryAfter = hours(24)

/** A delivery that failed so often is dead. */
export const mostTries = waits.length

/**
 * How long to wait in ms after `tries` failed tries: the schedule with up to a fifth more, so that what failed together does
 * not come back together; longer where the receiver asked for it by Retry-After, up to a day. Null when there is none left.
 */
export function waitAfter(
  tries: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number | null {
  const wait = waits[tries]
  if (wait === undefined) return null
  return Math.max(wait * (1 + random() / 5), Math.min(retryAfterMs ?? 0, longestRetryAfter))
}

/** A Retry-After header (RFC 9110, 10.2.3) in ms from now; null for what is none. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const at = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
