import { expect, test } from 'vitest'
import { mostTries, readRetryAfter, waitAfter } from './schedule.ts'

test('ten tries over three days, then none', () => {
  const waits = Array.from({ length: mostTries }, (_, tries) => waitAfter(tries, null, () => 0))
  expect(waits.map((wait) => (wait ?? 0) / 1000)).toEqual([
    0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ])
  expect(waitAfter(mostTries, null)).toBeNull()
  expect(waitAfter(mostTries, 1000)).toBeNull()
})

test('up to a fifth of jitter is added', () => {
  expect(waitAfter(1, null, () => 1)).toBe(6000)
})

test('Retry-After lengthens a wait, up to a day, and never shortens it', () => {
  expect(waitAfter(1, 60_000, () => 0)).toBe(60_000)
  expect(waitAfter(2, 1000, () => 0)).toBe(300_000)
  expect(waitAfter(1, 9e9, () => 0)).toBe(86_400_000)
})

test.each([
  ['120', 120_000],
  ['Wed, 25 Nov 2026 12:00:10 GMT', 10_000],
  ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
  ['soon', null],
  ['-1', null],
  ['', null],
  ['2027', 2_027_000],
])('Retry-After: %s', (header, ms) => {
  expect(readRetryAfter(header, new Date('2026-11-25T12:00:00Z'))).toBe(ms)
})
