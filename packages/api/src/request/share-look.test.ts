import { expect, test } from 'vitest'
import { shareLooks } from './share-look.ts'

test('those who come while it is asked share the next time, which begins after they came', async () => {
  const asked: PromiseWithResolvers<string>[] = []
  const share = shareLooks<string>()
  const look = () =>
    share('k', () => {
      const one = Promise.withResolvers<string>()
      asked.push(one)
      return one.promise
    })
  const first = look()
  const later = [look(), look()]
  expect(asked).toHaveLength(1)
  asked[0]?.resolve('old')
  expect(await first).toBe('old')
  await Promise.resolve()
  expect(asked).toHaveLength(2)
  asked[1]?.resolve('new')
  expect(await Promise.all(later)).toEqual(['new', 'new'])
})

test('keys do not wait for each other', async () => {
  const share = shareLooks<string>()
  void share('slow', () => new Promise<string>(() => {}))
  expect(await share('quick', async () => 'quick')).toBe('quick')
})

test('a failure goes to those who shared it, and the next look is asked anew', async () => {
  let times = 0
  const share = shareLooks<number>()
  const look = () =>
    share('k', async () => {
      times++
      if (times < 3) throw new Error(`failed ${times}`)
      return times
    })
  const all = await Promise.allSettled([look(), look(), look()])
  expect(all.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    'Error: failed 1',
    'Error: failed 2',
    'Error: failed 2',
  ])
  expect(await look()).toBe(3)
})
