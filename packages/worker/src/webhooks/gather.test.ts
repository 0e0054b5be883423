import { expect, test } from 'vitest'
import { gather } from './gather.ts'

/** A call that the test ends, and what each was asked with. */
function openCalls() {
  const asked: number[][] = []
  const ends: (() => void)[] = []
  const send = (items: number[]) =>
    new Promise<string[]>((resolve) => {
      asked.push(items)
      ends.push(() => resolve(items.map((item) => `${item}!`)))
    })
  return { asked, ends, send }
}

test('the first goes at once, what comes meanwhile together, and each hears of its own', async () => {
  const { asked, ends, send } = openCalls()
  const one = gather(2, send)
  const outs = Promise.all([1, 2, 3, 4].map(one))
  expect(asked).toEqual([[1]])
  for (let n = 0; n < 3; n++) {
    await expect.poll(() => ends.length).toBe(n + 1)
    ends[n]?.()
  }
  expect(await outs).toEqual(['1!', '2!', '3!', '4!'])
  expect(asked).toEqual([[1], [2, 3], [4]])
})

test('what fails together is tried alone, and the next ones go on', async () => {
  const asked: number[][] = []
  const one = gather(10, async (items: number[]) => {
    asked.push(items)
    if (items.includes(13)) throw new Error('13')
    return items
  })
  const outs = await Promise.allSettled([1, 13, 3].map(one))
  expect(outs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(asked).toEqual([[1], [13, 3], [13], [3]])
  expect(await one(4)).toBe(4)
})
