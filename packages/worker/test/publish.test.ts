import { createLog, progressChannel, scanEnded } from '@assayer/schema'
import { createClient } from 'redis'
import { expect, test } from 'vitest'
import { createPublisher } from '../src/publish.ts'

const redisUrl = process.env['TEST_REDIS_URL'] ?? ''

test.skipIf(redisUrl === '')('that a scan changed is told later and once, that it ended at once', async () => {
  const scan = (name: string) => `${name}-${process.pid}-${Date.now()}`
  const [warm, first, second] = [scan('warm'), scan('first'), scan('second')]
  const told: [string, string][] = []
  const listener = createClient({ url: redisUrl })
  await listener.connect()
  const publisher = createPublisher(redisUrl, createLog('test', 'silent'))
  try {
    await listener.subscribe([warm, first, second].map(progressChannel), (message, channel) => {
      told.push([channel, message])
    })
    await expect.poll(() => (publisher.publish(warm, true), told.length)).toBeGreaterThan(0)
    publisher.publish(first)
    publisher.publish(first)
    publisher.publish(second)
    publisher.publish(second)
    publisher.publish(first, true)
    await expect.poll(() => told.at(-1)?.[0]).toBe(progressChannel(second))
    expect(told.filter(([channel]) => channel !== progressChannel(warm))).toEqual([
      [progressChannel(first), scanEnded],
      [progressChannel(second), ''],
    ])
  } finally {
    await publisher.close()
    listener.destroy()
  }
})
