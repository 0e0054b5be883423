import type { RedisParts } from './redis-parts.ts'

/** A process that nobody has asked anything gets Redis all the same. */
const latestMs = 250

/**
 * The parts that `load` gives, loaded when one is first needed and soon after the start at the latest: the clients of Redis take
 * longer to load than everything else, and the first answers need none. Who watches or rings before is remembered, and who is counted waits.
 */
export function redisLater(requestsPerMinute: number, load: () => Promise<RedisParts>): RedisParts {
  let loaded: RedisParts | null = null
  let loading: Promise<RedisParts> | null = null
  const need = (): Promise<RedisParts> => {
    loading ??= load().then((parts) => (loaded = parts))
    return loading
  }
  const whenLoaded = (act: (parts: RedisParts) => void) => {
    if (loaded === null) void need().then(act)
    else act(loaded)
  }
  const limits = async () => {
    const parts = loaded ?? (await need())
    if (parts.limits === null) throw new Error('nothing is limited')
    return parts.limits
  }
  const timer = setTimeout(() => void need(), latestMs)
  return {
    progress: {
      isUp: () => loaded?.progress.isUp() ?? false,
      watch(scanId, wake) {
        let unwatch: (() => void) | null = null
        let over = false
        whenLoaded(({ progress }) => {
          if (!over) unwatch = progress.watch(scanId, wake)
        })
        return () => {
          over = true
          unwatch?.()
        }
      },
    },
    ring: () => whenLoaded((parts) => parts.ring()),
    limits:
      requestsPerMinute === 0
        ? null
        : {
            quota: requestsPerMinute,
            take: async (keyId) => await (await limits()).take(keyId),
            refused: async (address) => await (await limits()).refused(address),
          },
    async close() {
      clearTimeout(timer)
      await (await loading)?.close()
    },
  }
}
