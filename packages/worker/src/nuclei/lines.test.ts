import { expect, test } from 'vitest'
import { splitLines } from './lines.ts'

const bytes = (text: string) => Buffer.from(text)

test('lines come out whole however the stream is cut', () => {
  const text = 'first\nsecond line\n\nthird\n'
  for (let size = 1; size <= text.length; size++) {
    const lines = splitLines(100)
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size))
    expect([...chunks.flatMap((chunk) => lines.push(bytes(chunk))), ...lines.end()]).toEqual([
      'first',
      'second line',
      'third',
    ])
  }
})

test('a last line without a newline comes out at the end, once', () => {
  const lines = splitLines(100)
  expect(lines.push(bytes('whole\nhalf'))).toEqual(['whole'])
  expect(lines.end()).toEqual(['half'])
  expect(lines.end()).toEqual([])
})

test('a line of exactly the cap is kept, one byte more is skipped up to its newline and counted', () => {
  const lines = splitLines(4)
  expect(lines.push(bytes('1234\n12345\n12\n'))).toEqual(['1234', '12'])
  expect(lines.skipped()).toBe(1)
})

test('a line that is too long and never ends is counted at the end', () => {
  const lines = splitLines(4)
  expect(lines.push(bytes('12345'))).toEqual([])
  expect(lines.skipped()).toBe(0)
  expect(lines.end()).toEqual([])
  expect(lines.skipped()).toBe(1)
})

test('a character cut in two by the stream is whole again, and bytes that are no UTF-8 become U+FFFD', () => {
  const lines = splitLines(100)
  const euro = bytes('€')
  lines.push(Buffer.concat([bytes('a'), euro.subarray(0, 1)]))
  lines.push(euro.subarray(1, 2))
  expect(lines.push(Buffer.concat([euro.subarray(2), bytes('b\n')]))).toEqual(['a€b'])
  lines.push(Buffer.from([0x61, 0xe2, 0x82]))
  expect(lines.push(Buffer.from([0x62, 0xff, 0x0a]))).toEqual(['a\ufffdb\ufffd'])
})

test('a line of 100 MB takes no memory, and the next one is read', () => {
  const lines = splitLines(1_048_576)
  const chunk = Buffer.alloc(65_536, 'x')
  const before = process.memoryUsage()
  for (let n = 0; n < 1600; n++) expect(lines.push(chunk)).toEqual([])
  const after = process.memoryUsage()
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 1_048_576)
  expect(lines.push(bytes('\nnext\n'))).toEqual(['next'])
  expect(lines.skipped()).toBe(1)
})

test('a line that comes byte by byte is kept as bytes, not as a piece for each', () => {
  const lines = splitLines(1_048_576)
  const one = bytes('y')
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 300_000; n++) lines.push(one)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(24 * 1_048_576)
  expect(lines.push(bytes('\n'))).toEqual(['y'.repeat(300_000)])
})

test('what a line leaves in the buffer does not show in a shorter one after it', () => {
  const lines = splitLines(100)
  expect(lines.push(bytes('a long first line\nb\n'))).toEqual(['a long first line', 'b'])
})
