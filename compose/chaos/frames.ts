/** One message of a PostgreSQL client: its type, empty for the first one of a connection, and its body. */
export type Frame = { type: string; body: Buffer; bytes: Buffer }

/**
 * Cuts what a client sends into messages (PostgreSQL protocol 3, message flow). A message begins with its type and a length
 * that counts itself; the first one of a connection has no type.
 */
export function cutFrames(): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  let started = false
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const frames: Frame[] = []
    for (;;) {
      const head = started ? 1 : 0
      if (rest.length < head + 4) return frames
      const size = head + rest.readUInt32BE(head)
      if (rest.length < size) return frames
      const bytes = rest.subarray(0, size)
      frames.push({ type: started ? String.fromCodePoint(bytes[0] ?? 0) : '', body: bytes.subarray(head + 4), bytes })
      rest = rest.subarray(size)
      started = true
    }
  }
}

/** True when these bytes of a server end with ReadyForQuery: the reply is whole. */
export function endsReply(bytes: Buffer): boolean {
  const tail = bytes.subarray(-6)
  return tail.length === 6 && tail[0] === 0x5a && tail.readUInt32BE(1) === 5
}
