import { expect, test } from 'vitest'
import { lookUpNames } from './look-up-names.ts'

const names = (n: number) => Array.from({ length: n }, (_, at) => `h${at}.example.com`)

test('at most 32 names are asked for at once, and all are', async () => {
  let now = 0
  let most = 0
  const found = await lookUpNames(async (name) => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setTimeout(resolve, 1))
    now--
    return [name]
  }, names(200))
  expect([found.size, most]).toEqual([200, 32])
})

test('names that nobody answers for in time are left out, and the resolver is told to stop', async () => {
  const signals = new Set<AbortSignal>()
  const found = await lookUpNames((name, signal) => {
    signals.add(signal)
    return name === 'h0.example.com' ? Promise.resolve('unresolvable') : new Promise(() => {})
  }, names(50))
  expect([...found]).toEqual([['h0.example.com', []]])
  expect([...signals].map((signal) => signal.aborted)).toEqual([true])
})
