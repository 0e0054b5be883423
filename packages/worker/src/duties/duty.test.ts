import { createLog } from '@assayer/schema'
import { expect, test } from 'vitest'
import { startDuty } from './duty.ts'

const log = createLog('worker', 'fatal')

test('the first round may wait, and being woken or stopped ends the wait', async () => {
  let rounds = 0
  const count = async () => void rounds++
  const stopped = startDuty('late', 3_600_000, log, count, 3_600_000)
  await stopped.stop()
  expect(rounds).toBe(0)
  const first = Promise.withResolvers<void>()
  const woken = startDuty('woken', 3_600_000, log, async () => first.resolve(), 3_600_000)
  woken.wake()
  await first.promise
  await woken.stop()
})

test('a wake while a round is under way is followed by another round', async () => {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  let rounds = 0
  const duty = startDuty('busy', 3_600_000, log, async () => {
    if (++rounds === 2) second.resolve()
    begun.resolve()
    await end.promise
  })
  await begun.promise
  duty.wake()
  end.resolve()
  await second.promise
  await duty.stop()
  expect(rounds).toBe(2)
})
