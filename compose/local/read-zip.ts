import { crc32, inflateRaw } from 'node:zlib'
import { promisify } from 'node:util'

const END = 0x06_05_4b_50
const ENTRY = 0x02_01_4b_50
const inflate = promisify(inflateRaw)

/**
 * One file out of a zip archive in memory (PKWARE APPNOTE 6.3, no encryption, no zip64), stored or deflated, at most
 * `maxBytes` long and checked by size and CRC-32. Throws on anything else.
 */
export async function readZipEntry(zip: Buffer, name: string, maxBytes: number): Promise<Buffer> {
  const end = findEnd(zip)
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('zip: broken directory')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const nameEnd = at + 46 + (nameLength ?? 0)
    if (zip.toString('utf8', at + 46, nameEnd) === name) return unpack(zip, at, maxBytes)
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0)
  }
  throw new Error(`zip: no ${name} in it`)
}

function findEnd(zip: Buffer): number {
  // The record is 22 bytes and a comment of at most 65,535.
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--) {
    if (zip.readUInt32LE(at) === END) return at
  }
  throw new Error('zip: not an archive')
}

async function unpack(zip: Buffer, entry: number, maxBytes: number): Promise<Buffer> {
  const method = zip.readUInt16LE(entry + 10)
  const checksum = zip.readUInt32LE(entry + 16)
  const packedSize = zip.readUInt32LE(entry + 20)
  const size = zip.readUInt32LE(entry + 24)
  const local = zip.readUInt32LE(entry + 42)
  if (size > maxBytes) throw new Error('zip: entry too large')
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(start, start + packedSize)
  if (method !== 0 && method !== 8) throw new Error('zip: unknown method')
  const data = method === 0 ? packed : await inflate(packed, { maxOutputLength: maxBytes })
  if (data.length !== size || crc32(data) !== checksum) throw new Error('zip: damaged entry')
  return data
}
