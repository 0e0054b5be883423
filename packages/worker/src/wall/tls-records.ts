/** `at`: where its header begins in the chunk, 0 when that was in an earlier one. */
type TlsRecord = { type: number; length: number; at: number }

export const tlsType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

const HEADER_BYTES = 5
/** RFC 5246, 6.2.3: the longest ciphertext. */
const MAX_LENGTH = 2 ** 14 + 2048

/**
 * Follows the record headers of one direction of a TLS connection. Each call takes the next bytes and gives the records
 * whose header ended in them; it keeps no more than one header. Null, for ever, once the bytes are no TLS.
 */
export function createRecordReader(): (chunk: Uint8Array) => TlsRecord[] | null {
  const header = new Uint8Array(HEADER_BYTES)
  let have = 0
  let bodyLeft = 0
  let broken = false
  return (chunk) => {
    const records: TlsRecord[] = []
    let at = 0
    while (at < chunk.length && !broken) {
      if (bodyLeft > 0) {
        const skipped = Math.min(bodyLeft, chunk.length - at)
        bodyLeft -= skipped
        at += skipped
        continue
      }
      const part = chunk.subarray(at, at + HEADER_BYTES - have)
      header.set(part, have)
      have += part.length
      at += part.length
      if (have < HEADER_BYTES) break
      have = 0
      const [type = 0, major, , high = 0, low = 0] = header
      bodyLeft = high * 256 + low
      broken = major !== 3 || type < 20 || type > 24 || bodyLeft > MAX_LENGTH
      if (!broken) records.push({ type, length: bodyLeft, at: Math.max(0, at - HEADER_BYTES) })
    }
    return broken ? null : records
  }
}
