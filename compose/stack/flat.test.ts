import { expect, test } from 'vitest'
import { judgeMemory, requests } from './flat.ts'

/** What is seen of an API that keeps so many bytes of each request, with a heap that breathes; `pieces` times until all are answered. */
const api = (bytes: number, pieces: number, all = requests) =>
  Array.from({ length: pieces }, (_, n) => {
    const after = Math.ceil((all / pieces) * (n + 1))
    return { after, memory: 60 + (n % 2) * 5 + (after * bytes) / 2 ** 20 }
  })

test.each([4, 7, 60, 200])('an API that keeps nothing of a request is fine, seen %i times', (pieces) => {
  expect(judgeMemory(api(0, pieces)).wrong).toEqual([])
})

test.each([7, 60, 200])('an API that keeps 300 bytes of each request is not, seen %i times', (pieces) => {
  expect(judgeMemory(api(300, pieces)).wrong).toEqual([expect.stringMatching(/^the API took \d+ MiB early on/)])
})

test('an API that answers too little, or whose memory nobody could read, is not fine', () => {
  expect(judgeMemory(api(0, 10, 5000)).wrong).toEqual(['only 5000 requests were answered'])
  expect(judgeMemory([]).wrong.length).toBe(2)
  expect(judgeMemory(api(0, 10).map((one) => ({ ...one, memory: Number.NaN }))).wrong.length).toBe(1)
})
