import { expect, test } from 'vitest'
import { createLineCutter } from '../../src/wall/message-lines.ts'

test('lines come out whole, however they were cut, half a character included', () => {
  const bytes = Buffer.from('one\nzwölf\n\nlast')
  for (let size = 1; size <= bytes.length; size++) {
    const cut = createLineCutter(100)
    const lines: string[] = []
    for (let at = 0; at < bytes.length; at += size) lines.push(...(cut(bytes.subarray(at, at + size)) ?? []))
    expect(lines).toEqual(['one', 'zwölf', ''])
  }
})

test('a line over the bound is given up for good, one at the bound is not', () => {
  const cut = createLineCutter(4)
  expect(cut(Buffer.from('1234\n12'))).toEqual(['1234'])
  expect(cut(Buffer.from('345'))).toBeNull()
  expect(cut(Buffer.from('\nok\n'))).toBeNull()
})
