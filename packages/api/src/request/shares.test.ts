import { expect, test } from 'vitest'
import { createShares } from './shares.ts'

test('one client holds half at most, all together the whole, and what is given back is there again', () => {
  const shares = createShares(4)
  const first = shares.take('one', 2)
  expect(shares.take('one')).toBeNull()
  expect(shares.take('two')).not.toBeNull()
  expect(shares.take('three', 2)).toBeNull()
  expect(shares.take('three')).not.toBeNull()
  expect(shares.take('four')).toBeNull()
  first?.()
  first?.()
  expect(shares.take('one', 2)).not.toBeNull()
  expect(shares.take('four')).toBeNull()
})
