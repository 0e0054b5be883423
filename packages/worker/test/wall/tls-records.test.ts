import { expect, test } from 'vitest'
import { createRecordReader } from '../../src/wall/tls-records.ts'

const record = (type: number, length: number) => [type, 3, 3, length >> 8, length & 255, ...Buffer.alloc(length, 0x17)]
const stream = Buffer.from([...record(22, 300), ...record(20, 1), ...record(23, 0), ...record(23, 700)])
const types = [22, 20, 23, 23]

test('records are found in one piece, byte by byte and in pieces of any size', () => {
  for (const size of [1, 2, 4, 5, 6, 299, 305, stream.length]) {
    const read = createRecordReader()
    const found: number[] = []
    for (let at = 0; at < stream.length; at += size) {
      found.push(...(read(stream.subarray(at, at + size)) ?? []).map(({ type }) => type))
    }
    expect(found, `pieces of ${size}`).toEqual(types)
  }
})

test('a record says where in the piece it begins, 0 when it began before', () => {
  const read = createRecordReader()
  expect(read(stream.subarray(0, 308))?.map(({ at }) => at)).toEqual([0])
  expect(read(stream.subarray(308))?.map(({ at }) => at)).toEqual([0, 3, 8])
})

test('what is no TLS is given up for good', () => {
  for (const wrong of [
    Buffer.from('HTTP/1.1 200 OK'),
    Buffer.from([22, 3, 3, 0xff, 0xff]),
    Buffer.from([99, 3, 3, 0, 1]),
  ]) {
    const read = createRecordReader()
    expect(read(wrong)).toBeNull()
    expect(read(stream)).toBeNull()
  }
})
