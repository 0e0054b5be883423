import { expect, test } from 'vitest'
import { claimDoubt } from './claim-doubt.ts'

function doubtful() {
  let ms = 0
  let looks = 0
  const doubt = claimDoubt({ monotonic: () => ms })
  const look = () =>
    doubt.look(async () => {
      looks++
      await Promise.resolve()
    })
  return { doubt, look, looks: () => looks, pass: (by: number) => void (ms += by) }
}

test('without a failed claim nobody looks', async () => {
  const { look, looks } = doubtful()
  await look()
  expect(looks()).toBe(0)
})

test('after one each look asks, and the first that is answered when no claim can be under way is the last', async () => {
  const { doubt, look, looks, pass } = doubtful()
  doubt.raise()
  await look()
  pass(6000)
  await look()
  pass(7000)
  await look()
  await look()
  expect(looks()).toBe(3)
})

test('a database that was away for longer is asked once it is back', async () => {
  const { doubt, look, looks, pass } = doubtful()
  doubt.raise()
  pass(60_000)
  await expect(doubt.look(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
  await look()
  await look()
  expect(looks()).toBe(1)
})
