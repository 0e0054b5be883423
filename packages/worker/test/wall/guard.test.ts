import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGuard } from '../../src/wall/guard.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const group = { pgid: 4711, startTime: '99' }

function watched() {
  const log: string[] = []
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  const guard = createGuard({
    tokenMs: 22_000,
    clock,
    shut: (attemptId) => log.push(`shut ${attemptId}`),
    kill: ({ pgid }) => {
      log.push(`kill ${pgid}`)
      return 'killed'
    },
    onKilled: (attemptId, why, end) => log.push(`${attemptId} ${why} ${end}`),
  })
  return { log, guard, now: () => clock.monotonic() }
}

test('when tokens cease the wall is shut first, then the group is killed', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  guard.spawned('a', group)
  vi.advanceTimersByTime(21_999)
  expect(log).toEqual([])
  vi.advanceTimersByTime(2)
  expect(log).toEqual(['shut a', 'kill 4711', 'a tokens-ceased killed'])
})

test('a token lengthens only the attempts it names', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  guard.begin('b', now())
  vi.advanceTimersByTime(10_000)
  guard.renew(['a', 'unknown'], now())
  vi.advanceTimersByTime(12_001)
  expect(log).toEqual(['shut b', 'b tokens-ceased none'])
  vi.advanceTimersByTime(10_000)
  expect(log).toContain('shut a')
})

test('a token counts from when its renewal was sent, not from when it arrives', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  const sent = now() + 10_000
  vi.advanceTimersByTime(21_000)
  guard.renew(['a'], sent)
  vi.advanceTimersByTime(11_002)
  expect(log).toContain('shut a')
})

test('neither an older token nor one from the future changes the time', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now() + 1_000_000)
  guard.renew(['a'], now() + 1_000_000)
  guard.renew(['a'], now() - 5000)
  vi.advanceTimersByTime(21_999)
  expect(log).toEqual([])
  vi.advanceTimersByTime(2)
  expect(log).toContain('shut a')
})

test('a lost attempt stays lost: tokens come too late, and what it spawns is killed at once', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  vi.advanceTimersByTime(22_001)
  log.length = 0
  guard.renew(['a'], now())
  guard.spawned('a', group)
  guard.spawned('never-opened', { ...group, pgid: 4712 })
  expect(log).toEqual(['kill 4711', 'kill 4712'])
  vi.advanceTimersByTime(60_000)
  expect(log).toHaveLength(2)
})

test('a forgotten attempt is not killed', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  guard.spawned('a', group)
  guard.forget('a')
  vi.advanceTimersByTime(60_000)
  guard.killAll()
  expect(log).toEqual([])
})

test('killAll loses every attempt at once', () => {
  const { log, guard, now } = watched()
  guard.begin('a', now())
  guard.begin('b', now())
  guard.spawned('b', group)
  guard.killAll()
  expect(log).toEqual(['shut a', 'a warden-ended none', 'shut b', 'kill 4711', 'b warden-ended killed'])
})
