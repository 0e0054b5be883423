import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { forEachLine, makeTail } from './lines.ts'

async function linesOf(chunks: Buffer[], maxLength?: number): Promise<string[]> {
  const lines: string[] = []
  const stream = Readable.from(chunks)
  forEachLine(stream, (line) => lines.push(line), maxLength)
  await finished(stream)
  return lines
}

test('lines come whole however they were cut, the last one also without an end', async () => {
  const bytes = Buffer.from('grün\r\nblau\n\nrot')
  expect(await linesOf([...bytes].map((byte) => Buffer.from([byte])))).toEqual(['grün', 'blau', '', 'rot'])
  expect(await linesOf([bytes])).toEqual(['grün', 'blau', '', 'rot'])
})

test('a line longer than allowed is cut, and the next one is whole', async () => {
  const chunks = ['aaaa', 'aaaa', 'aaaa\nb\n'].map((text) => Buffer.from(text))
  expect(await linesOf(chunks, 6)).toEqual(['aaaaaa', 'b'])
  expect(await linesOf([Buffer.from('a\nbbbbbbbbbb\nc')], 6)).toEqual(['a', 'bbbbbb', 'c'])
})

test('a tail keeps the last lines only', () => {
  const tail = makeTail(10)
  for (const line of ['1234', '5678', '90']) tail.add(line)
  expect(tail.text()).toBe('5678\n90')
})
