import { expect, test } from 'vitest'
import { killGroup, readStartTime } from '../../src/wall/kill-group.ts'
import { group } from './processes.ts'

test('the whole group dies, what it forked included', async () => {
  const { pgid, startTime, gone } = await group('fork')
  expect(killGroup({ pgid, startTime })).toBe('killed')
  await gone
})

test.runIf(process.platform === 'linux')('a group whose leader began at another time is not killed', async () => {
  const { pgid, startTime, gone } = await group()
  expect(killGroup({ pgid, startTime: String(Number(startTime) - 1) })).toBe('not-ours')
  expect(readStartTime(pgid)).toBe(startTime)
  expect(killGroup({ pgid, startTime })).toBe('killed')
  await gone
})

test('a group that is gone is no error', async () => {
  const { pgid, startTime, gone } = await group()
  killGroup({ pgid, startTime })
  await gone
  await expect.poll(() => killGroup({ pgid, startTime }), { timeout: 10_000 }).toBe('gone')
  expect(readStartTime(2 ** 22 + 1)).toBeNull()
})
