/** `now` is the time of day in epoch milliseconds, `monotonic` milliseconds that only grow. Tests bring their own. */
export type Clock = { now(): number; monotonic(): number }

/**
 * `monotonic` reads the system's own monotonic clock, the same in every process of the machine (`performance.now()`
 * starts anew in each), so that worker and warden can speak of one moment.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
}
