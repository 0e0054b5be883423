import { expect, test } from 'vitest'
import { readZipEntry } from './read-zip.ts'
import { makeZip } from './zip-for-tests.ts'

const data = Buffer.from('a scanner, so to say\n'.repeat(500))

test.each([0, 8] as const)('an entry packed by method %i comes out as it went in', async (method) => {
  expect(await readZipEntry(makeZip('nuclei', data, method), 'nuclei', 100_000)).toEqual(data)
})

test('an archive without that name is refused', async () => {
  await expect(readZipEntry(makeZip('README.md', data), 'nuclei', 100_000)).rejects.toThrow('no nuclei')
})

test('an entry larger than allowed is refused', async () => {
  await expect(readZipEntry(makeZip('nuclei', data), 'nuclei', data.length - 1)).rejects.toThrow('too large')
})

test('an entry that unpacks to more than it says is refused', async () => {
  const zip = makeZip('nuclei', data)
  const directory = zip.lastIndexOf('PK\x01\x02')
  zip.writeUInt32LE(10, directory + 24)
  await expect(readZipEntry(zip, 'nuclei', 100)).rejects.toThrow(/larger than 100/)
})

test('an entry with one changed byte is refused', async () => {
  const zip = makeZip('nuclei', data, 0)
  zip.writeUInt8(zip.readUInt8(100) ^ 1, 100)
  await expect(readZipEntry(zip, 'nuclei', 100_000)).rejects.toThrow('damaged')
})

test.each([Buffer.alloc(0), Buffer.from('<html>'), Buffer.alloc(100_000)])(
  'what is no archive is refused',
  async (bytes) => {
    await expect(readZipEntry(bytes, 'nuclei', 100)).rejects.toThrow('not an archive')
  },
)
