import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArray, writeArray } from './array-types.ts'

test.each([
  ['{}', []],
  ['{a,"b c","","NULL",NULL}', ['a', 'b c', '', 'NULL', null]],
  ['{"say \\"hi\\"","back\\\\slash","{x,y}"}', ['say "hi"', 'back\\slash', '{x,y}']],
  ['{01a20acd-4d57-7ddb-b2a6-e6218c1f6e45}', ['01a20acd-4d57-7ddb-b2a6-e6218c1f6e45']],
])('%s is read', (text, items) => {
  expect(readArray(text)).toEqual(items)
})

test('what is written is read as it was, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (items) => {
      expect(readArray(writeArray(items))).toEqual(items)
    }),
  )
})
