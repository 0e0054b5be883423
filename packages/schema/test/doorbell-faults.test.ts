import { afterEach, expect, test } from 'vitest'
import { closeAll, freePort, startBoth, startServer, tell } from './doorbell-fixture.ts'

afterEach(closeAll)

/** A server whose bells work. */
async function working() {
  const port = await freePort()
  const server = await startServer(port)
  const both = startBoth(port)
  expect(await both.work()).toBe(true)
  return { port, server, both }
}

const keys = ['id', 'jobs', 'waiting', 'active', 'stalling', 'stallBlock', 'delayed', 'succeeded', 'failed']

test.each([['SCRIPT FLUSH'], ['FLUSHALL'], ['FLUSHALL', 'SCRIPT FLUSH'], ['CLIENT KILL TYPE normal SKIPME yes']])(
  'bells come back after %s',
  async (...commands) => {
    const { port, both } = await working()
    for (const answer of await tell(port, ...commands)) expect(answer).not.toMatch(/^-/)
    expect(await both.work()).toBe(true)
  },
)

test('bells come back after each key alone is gone', async () => {
  const { port, both } = await working()
  for (const key of keys) {
    await tell(port, `DEL bq:assayer-doorbell:${key}`)
    expect(await both.work(), key).toBe(true)
  }
})

test('bells come back after a key was lost or spoilt while bells waited', async () => {
  const { port, both } = await working()
  for (const key of keys) {
    await tell(port, 'CLIENT PAUSE 200 ALL')
    for (let n = 0; n < 4; n++) both.ring()
    await tell(port, `DEL bq:assayer-doorbell:${key}`)
    expect(await both.work(), key).toBe(true)
  }
  await tell(port, 'LPUSH bq:assayer-doorbell:waiting no-such-job also-none')
  expect(await both.work()).toBe(true)
  await tell(port, 'DEL bq:assayer-doorbell:waiting', 'SET bq:assayer-doorbell:waiting text')
  await expect.poll(async () => (both.ring(), both.lost())).toBeGreaterThan(0)
  await tell(port, 'DEL bq:assayer-doorbell:waiting')
  expect(await both.work()).toBe(true)
})

test('a full server that evicts nothing loses bells only as long as it is full', async () => {
  const { port, both } = await working()
  const before = both.lost()
  await tell(port, 'CONFIG SET maxmemory-policy noeviction', 'CONFIG SET maxmemory 1mb')
  await expect.poll(() => (both.ring(), both.lost() - before), { timeout: 10_000 }).toBeGreaterThan(10)
  await tell(port, 'CONFIG SET maxmemory 0')
  expect(await both.work()).toBe(true)
})

test('a full server that evicts any key loses bells only as long as it is full', async () => {
  const { port, both } = await working()
  await tell(port, 'CONFIG SET maxmemory-policy allkeys-lru', 'CONFIG SET maxmemory 1mb')
  for (let n = 0; n < 50; n++) {
    both.ring()
    await tell(port, 'PING')
  }
  const evicted = async () => Number(/evicted_keys:(\d+)/.exec((await tell(port, 'INFO stats')).join())?.[1])
  await expect.poll(async () => (both.ring(), await evicted()), { timeout: 10_000 }).toBeGreaterThan(0)
  await tell(port, 'CONFIG SET maxmemory 0')
  expect(await both.work()).toBe(true)
})

test('a server that answers nobody for three seconds loses bells, and then they come back', async () => {
  const { port, both } = await working()
  const before = both.lost()
  await tell(port, 'CLIENT PAUSE 3000 ALL')
  await expect.poll(() => (both.ring(), both.lost() - before), { timeout: 10_000 }).toBeGreaterThan(10)
  expect(await both.work()).toBe(true)
})

test('a stopped server loses bells, and they come back once it goes on', async () => {
  const { server, both } = await working()
  const before = both.lost()
  server.kill('SIGSTOP')
  await expect
    .poll(() => (both.ring(), both.lost() - before), { timeout: 10_000 })
    .toBeGreaterThan(10)
    .finally(() => server.kill('SIGCONT'))
  expect(await both.work()).toBe(true)
})

test('closing does not wait for a server that answers nobody', async () => {
  const { server, both } = await working()
  const before = both.lost()
  server.kill('SIGSTOP')
  await expect.poll(() => (both.ring(), both.lost() - before), { timeout: 10_000 }).toBeGreaterThan(0)
  await closeAll()
})
