import { expect, test } from 'vitest'
import { redisLater } from '../../src/node/redis-later.ts'
import type { RedisParts } from '../../src/node/redis-parts.ts'

/** Parts that note what is asked of them, given when `give` is called. */
function later(quota = 5) {
  const asked: string[] = []
  const { promise, resolve } = Promise.withResolvers<RedisParts>()
  const taken = { allowed: true, remaining: 4, seconds: 60 }
  const note = (what: string) => void asked.push(what)
  const parts: RedisParts = {
    progress: {
      isUp: () => true,
      watch(scanId) {
        note(`watch ${scanId}`)
        return () => note(`unwatch ${scanId}`)
      },
    },
    ring: () => note('ring'),
    limits: { quota, take: async () => taken, refused: async () => taken },
    close: async () => note('close'),
  }
  const redis = redisLater(quota, () => {
    note('load')
    return promise
  })
  return { asked, redis, give: () => resolve(parts) }
}

test('nothing is loaded before it is needed, and it is loaded once', async () => {
  const { asked, redis, give } = later()
  expect([asked, redis.progress.isUp()]).toEqual([[], false])
  const { limits } = redis
  if (limits === null) throw new Error('nothing is limited')
  const counts = Promise.all([limits.take('key'), limits.refused('address')])
  give()
  expect((await counts).map(({ remaining }) => remaining)).toEqual([4, 4])
  expect([asked, redis.progress.isUp()]).toEqual([['load'], true])
  await redis.close()
  expect(asked).toEqual(['load', 'close'])
})

test('who watches or rings before it is loaded is heard then, and who left is not', async () => {
  const { asked, redis, give } = later()
  const stay = redis.progress.watch('stays', () => {})
  const leave = redis.progress.watch('left', () => {})
  redis.ring()
  leave()
  give()
  await redis.limits?.take('key')
  expect(asked).toEqual(['load', 'watch stays', 'ring'])
  stay()
  redis.progress.watch('late', () => {})()
  expect(asked.slice(3)).toEqual(['unwatch stays', 'watch late', 'unwatch late'])
  await redis.close()
})

test('what nobody needed is neither loaded nor closed at the end', async () => {
  const { asked, redis } = later(0)
  expect(redis.limits).toBeNull()
  await redis.close()
  expect(asked).toEqual([])
})
