import { orderHosts } from './rows/worker.ts'
import type { Random } from './random.ts'
import { pause } from './supervise.ts'
import type { World } from './world.ts'

/** Orders go on while `harm` is done `times` times to the database. */
export async function underLoad(
  world: World,
  random: Random,
  times: number,
  harm: (n: number) => Promise<void>,
  pauseMs: [number, number] = [100, 600],
): Promise<void> {
  const done = new AbortController()
  const ordering = (async () => {
    while (!done.signal.aborted) {
      await orderHosts(world, random.whole(1, 3))
      await pause(random.between(...pauseMs), done.signal)
    }
  })()
  ordering.catch(() => {})
  try {
    for (let n = 0; n < times; n++) await harm(n)
  } finally {
    done.abort()
  }
  await ordering
}

/** Sentences about services that did not live through it. */
export const startedOnce = (world: World): string[] =>
  [...world.apis, ...world.workers]
    .filter((one) => one.starts() > 1)
    .map(({ name }) => `${name} had to be started again`)

/** Milliseconds until an order is taken again. */
export async function untilServing(world: World): Promise<number> {
  const since = performance.now()
  await orderHosts(world, 1)
  return performance.now() - since
}
