import { expect, test } from 'vitest'
import { createSlots } from '../../src/wall/slots.ts'

const never = new AbortController().signal

test('a freed place goes to whoever waited longest, past those who left', async () => {
  const slots = createSlots(1)
  const leaving = new AbortController()
  const got: string[] = []
  expect(await slots.take(0, never)).toBe(true)
  const waiting = [
    slots.take(60_000, leaving.signal).then((has) => got.push(`first ${has}`)),
    slots.take(60_000, never).then((has) => got.push(`second ${has}`)),
    slots.take(60_000, never).then((has) => got.push(`third ${has}`)),
  ]
  leaving.abort()
  await waiting[0]
  slots.release()
  await waiting[1]
  slots.release()
  await waiting[2]
  expect(got).toEqual(['first false', 'second true', 'third true'])
  slots.release()
  expect(await slots.take(0, never)).toBe(true)
  expect(await slots.take(0, never)).toBe(false)
})

test('whoever is gone already gets no place', async () => {
  const slots = createSlots(1)
  expect(await slots.take(1000, AbortSignal.abort())).toBe(false)
  expect(await slots.take(0, never)).toBe(true)
})
