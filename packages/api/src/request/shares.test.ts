import { expect, test } from 'vitest'
import { createShares } from './shares.ts'

test('one client holds half at most, and what is given back is there again, once', () => {
  const shares = createShares(4)
  const first = shares.take('one', 2)
  expect(shares.take('one')).toBeNull()
  first?.()
  first?.()
  expect(shares.take('one', 3)).toBeNull()
  expect(shares.take('one', 2)).not.toBeNull()
})

test('whoever takes all that they get leave a place for the next one', () => {
  const shares = createShares(500)
  const greedy = (client: string) => {
    let taken = 0
    while (shares.take(client)) taken++
    return taken
  }
  const held = Array.from({ length: 9 }, (_, n) => greedy(`client ${n}`))
  expect(held).toEqual([250, 125, 63, 31, 16, 8, 4, 2, 1])
  expect(greedy('a tenth')).toBe(0)
})

test('a share shrinks as others come and grows as they leave, and what is held is kept', () => {
  const shares = createShares(8)
  const [one, , three] = [shares.take('one', 2), shares.take('one'), shares.take('other', 2)]
  expect([one, three].includes(null)).toBe(false)
  expect(shares.take('one')).toBeNull()
  one?.()
  expect(shares.take('one')).not.toBeNull()
  three?.()
  expect(shares.take('one')).not.toBeNull()
})
