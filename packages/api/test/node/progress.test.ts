import { createLog, progressChannel, scanEnded } from '@assayer/schema'
import { createClient } from 'redis'
import { afterEach, expect, test } from 'vitest'
import { closeAll, freePort, onClose, startServer, stop } from '../../../schema/test/doorbell-fixture.ts'
import { createProgress } from '../../src/node/progress.ts'

afterEach(closeAll)

async function publish(port: number, scanId: string, message = ''): Promise<void> {
  const client = createClient({ url: `redis://127.0.0.1:${port}` })
  client.on('error', () => {})
  await client.connect()
  await client.publish(progressChannel(scanId), message)
  client.destroy()
}

test('who watches is woken for that scan alone, also after Redis restarted empty, and no more once they left', async () => {
  const port = await freePort()
  const progress = createProgress(`redis://127.0.0.1:${port}`, createLog('test', 'silent'))
  onClose(async () => progress.close())
  const woken = { one: 0, two: 0, other: 0 }
  const leaveOne = progress.watch('a', () => woken.one++)
  progress.watch('a', () => woken.two++)
  progress.watch('b', () => woken.other++)
  expect(progress.isUp()).toBe(false)

  const first = await startServer(port)
  const ring = async () => {
    await publish(port, 'a')
    return woken.one
  }
  await expect.poll(ring, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(progress.isUp()).toBe(true)
  expect([woken.two, woken.other]).toEqual([woken.one, 0])

  await stop(first)
  await expect.poll(() => progress.isUp(), { timeout: 10_000 }).toBe(false)
  await startServer(port)
  const before = woken.one
  await expect.poll(ring, { timeout: 10_000 }).toBeGreaterThan(before)

  leaveOne()
  const [one, two] = [woken.one, woken.two]
  await expect.poll(async () => (await ring(), woken.two), { timeout: 10_000 }).toBeGreaterThan(two)
  expect(woken.one).toBe(one)
})

test('who watches is told whether the scan changed or ended', async () => {
  const port = await freePort()
  const progress = createProgress(`redis://127.0.0.1:${port}`, createLog('test', 'silent'))
  onClose(async () => progress.close())
  const told: unknown[] = []
  progress.watch('a', (ended) => told.push(ended))
  await startServer(port)
  await expect.poll(async () => (await publish(port, 'a'), told.length), { timeout: 10_000 }).toBeGreaterThan(0)
  await publish(port, 'a', scanEnded)
  await expect.poll(() => told.at(-1)).toBe(true)
  expect(new Set(told.slice(0, -1))).toEqual(new Set([false]))
})

test('without a URL it is silent and says once that it runs without Redis', () => {
  const lines: unknown[] = []
  const log = createLog('test', 'silent')
  log.warn = (line: unknown) => lines.push(line)
  const progress = createProgress('', log)
  progress.watch('a', () => {})()
  progress.close()
  expect([progress.isUp(), lines.length]).toEqual([false, 1])
})
