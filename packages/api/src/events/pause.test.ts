import { expect, test } from 'vitest'
import { createAlarm, pause } from './pause.ts'

const forever = 1_000_000_000

test('a ring ends a wait, also one that starts after it, and only one', async () => {
  const { signal } = new AbortController()
  const alarm = createAlarm()
  const waiting = alarm.wait(forever, signal)
  alarm.ring()
  await waiting
  alarm.ring()
  await alarm.wait(forever, signal)
  const stop = new AbortController()
  let woken = false
  const third = alarm.wait(forever, stop.signal).then(() => {
    woken = true
  })
  await pause(5, signal)
  expect(woken).toBe(false)
  stop.abort()
  await third
})

test('a pause ends with its signal, also with one that is over already', async () => {
  const stop = new AbortController()
  const paused = pause(forever, stop.signal)
  stop.abort()
  await paused
  await pause(forever, stop.signal)
})
