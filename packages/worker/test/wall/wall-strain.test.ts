import { expect, test } from 'vitest'
import { roomForClients } from '../../src/wall/strain.ts'
import { answerHttp, listen, openWall, order, rule, target, through } from './helpers.ts'

test('a client for whom the wall has no room is counted for each attempt that is open', async () => {
  const site = await listen(answerHttp)
  const wall = await openWall({ maxClients: 1 })
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', site.port)] }))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(0)
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe('closed')
  wall.open(order([], { attemptId: 'later', user: 'user-of-a-later-attempt' }))
  expect(wall.evidence('attempt-1')).toMatchObject({ turnedAway: 1, targets: [{ connects: 1 }] })
  expect(wall.evidence('later')).toMatchObject({ turnedAway: 0 })
})

test('a wall that stands still for longer than a request may wait says so', async () => {
  const wall = await openWall()
  wall.open(order([]))
  expect(wall.evidence('attempt-1')).toMatchObject({ stoodStillMs: 0 })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1300)
  await expect.poll(() => wall.evidence('attempt-1')?.stoodStillMs).toBeGreaterThanOrEqual(900)
})

test('the wall takes no more clients than it has descriptors for', () => {
  const limits = (soft: string) => `Limit  Soft Limit  Hard Limit  Units\nMax open files  ${soft}  1048576  files\n`
  expect([limits('1024'), limits('1048576'), limits('unlimited'), ''].map(roomForClients)).toEqual([
    480, 4096, 4096, 4096,
  ])
})
