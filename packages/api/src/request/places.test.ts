import { expect, test } from 'vitest'
import { createPlaces } from './places.ts'

test('who finds no place waits in line and gets the first that comes free, in turn', async () => {
  const places = createPlaces({ places: 1, line: 2, waitMs: 60_000 })
  const order: string[] = []
  const come = async (name: string) => {
    order.push(`${name} ${await places.take()}`)
  }
  await come('first')
  const second = come('second')
  const third = come('third')
  await come('fourth')
  places.giveBack()
  await second
  expect(order).toEqual(['first true', 'fourth false', 'second true'])
  places.giveBack()
  await third
  expect(order.at(-1)).toBe('third true')
  places.giveBack()
  expect(places.take()).toBe(true)
})

test('who waited in vain is turned away, and takes nobody’s place', async () => {
  const places = createPlaces({ places: 1, line: 1, waitMs: 1 })
  expect(places.take()).toBe(true)
  expect(await places.take()).toBe(false)
  places.giveBack()
  expect([places.take(), places.take()]).toEqual([true, expect.any(Promise)])
})
