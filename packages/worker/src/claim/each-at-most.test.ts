import { expect, test } from 'vitest'
import { eachAtMost } from './each-at-most.ts'

const never = new AbortController().signal

test('all are done, at most n at once, with the results in their order', async () => {
  let running = 0
  let most = 0
  const results = await eachAtMost(3, [5, 1, 4, 2, 3], never, async (turns) => {
    most = Math.max(most, ++running)
    for (let n = 0; n < turns; n++) await Promise.resolve()
    running--
    return turns * 10
  })
  expect(results).toEqual([50, 10, 40, 20, 30])
  expect(most).toBe(3)
})

test('nothing to do is done', async () => {
  expect(await eachAtMost(3, [], never, () => Promise.reject(new Error('called')))).toEqual([])
})

test('once it is stopped nothing more is begun, and what was begun counts', async () => {
  const stopping = new AbortController()
  const results = await eachAtMost(2, [1, 2, 3, 4, 5], stopping.signal, async (item) => {
    if (item === 2) stopping.abort()
    return await Promise.resolve(item)
  })
  expect(results).toEqual([1, 2])
})

test("a failure is the caller's", async () => {
  await expect(eachAtMost(2, [1, 2], never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
