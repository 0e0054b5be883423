import { expect, test } from 'vitest'
import { waitSeconds } from './prefer.ts'

test.each([
  [undefined, 0],
  ['', 0],
  ['wait=5', 5],
  ['respond-async, Wait = "10"; foo=bar', 10],
  ['wait=7, wait=9', 7],
  ['wait=3600', 60],
  ['wait=99999999999', 0],
  ['wait=-1', 0],
  ['wait', 0],
  ['waiting=5', 0],
])('Prefer: %s waits %i seconds', (header, seconds) => {
  expect(waitSeconds(header)).toBe(seconds)
})
