import { StringDecoder } from 'node:string_decoder'

export type LineSplitter = { push(chunk: Buffer): string[]; end(): string[]; skipped(): number }

/**
 * Cuts a byte stream into lines of at most `maxBytes`. A longer line is skipped up to its newline and counted, so that memory
 * stays bounded whatever the scanner prints. Bytes that are no UTF-8 become U+FFFD.
 */
export function splitLines(maxBytes: number): LineSplitter {
  let parts: Buffer[] = []
  let size = 0
  let skipping = false
  let skipped = 0

  const keep = (piece: Buffer) => {
    if (skipping) return
    size += piece.length
    if (size <= maxBytes) parts.push(Buffer.from(piece))
    else {
      parts = []
      skipping = true
    }
  }
  const close = (lines: string[]) => {
    if (skipping) skipped++
    else if (size > 0) lines.push(new StringDecoder('utf8').end(Buffer.concat(parts)))
    parts = []
    size = 0
    skipping = false
  }

  return {
    push(chunk) {
      const lines: string[] = []
      let from = 0
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, at))
        close(lines)
        from = at + 1
      }
      if (from < chunk.length) keep(chunk.subarray(from))
      return lines
    },
    end() {
      const lines: string[] = []
      if (size > 0) close(lines)
      return lines
    },
    skipped: () => skipped,
  }
}
