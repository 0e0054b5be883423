import { afterEach, expect, test } from 'vitest'
import { createBell } from '../src/doorbell/index.ts'
import { createLog } from '../src/log.ts'
import { closeAll, freePort, startBoth, startServer, stop, tell } from './doorbell-fixture.ts'

afterEach(closeAll)

test('each ring is heard as one bell and leaves nothing behind', async () => {
  const port = await freePort()
  await startServer(port)
  const both = startBoth(port)
  expect(await both.work()).toBe(true)
  for (let n = 0; n < 20; n++) expect(await both.work()).toBe(true)
  const sizes = () => tell(port, 'HLEN bq:assayer-doorbell:jobs', 'LLEN bq:assayer-doorbell:waiting')
  await expect.poll(sizes).toEqual([':0', ':0'])
})

test('a bell is heard, also after the server restarted without its scripts', async () => {
  const port = await freePort()
  const first = await startServer(port)
  const both = startBoth(port)
  expect(await both.work()).toBe(true)
  await stop(first)
  await startServer(port)
  expect(await both.work()).toBe(true)
})

test('a server that was not there at the start is used once it is', async () => {
  const port = await freePort()
  const both = startBoth(port)
  for (let n = 0; n < 10; n++) both.ring()
  expect([both.lost(), both.heard()]).toEqual([10, 0])
  await startServer(port)
  expect(await both.work()).toBe(true)
})

test('ringing without a server never throws and is counted', async () => {
  const redisUrl = `redis://127.0.0.1:${await freePort()}`
  const bell = createBell({ redisUrl, log: createLog('test', 'silent') })
  for (let n = 0; n < 100; n++) bell.ring()
  expect(bell.lost()).toBe(100)
  await bell.close()
})

test('a flood of rings keeps four under way; the rest is counted, and the bell works on', async () => {
  const port = await freePort()
  await startServer(port)
  const both = startBoth(port)
  expect(await both.work()).toBe(true)
  const before = both.lost()
  for (let n = 0; n < 1000; n++) both.ring()
  expect(both.lost() - before).toBe(996)
  expect(await both.work()).toBe(true)
})

test('without a URL nothing is rung and nothing is lost', async () => {
  const bell = createBell({ redisUrl: '', log: createLog('test', 'silent') })
  bell.ring()
  expect(bell.lost()).toBe(0)
  await bell.close()
})
