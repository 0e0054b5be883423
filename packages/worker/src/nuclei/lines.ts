import { StringDecoder } from 'node:string_decoder'

export type LineSplitter = { push(chunk: Buffer): string[]; end(): string[]; skipped(): number }

const newline = 10

/**
 * Cuts a byte stream into lines of at most `maxBytes`. A longer line is skipped up to its newline and counted, so that memory
 * stays bounded whatever the scanner prints and however small its pieces are. Bytes that are no UTF-8 become U+FFFD.
 */
export function splitLines(maxBytes: number): LineSplitter {
  let line = Buffer.alloc(0)
  let size = 0
  let skipping = false
  let skipped = 0

  const keep = (piece: Buffer) => {
    if (skipping) return
    skipping = size + piece.length > maxBytes
    if (skipping) {
      line = Buffer.alloc(0)
      return
    }
    if (size + piece.length > line.length) {
      const grown = Buffer.alloc(Math.min(maxBytes, Math.max(4096, 2 * (size + piece.length))))
      line.copy(grown, 0, 0, size)
      line = grown
    }
    piece.copy(line, size)
    size += piece.length
  }
  const close = (lines: string[]) => {
    if (skipping) skipped++
    else if (size > 0) lines.push(new StringDecoder('utf8').end(line.subarray(0, size)))
    size = 0
    skipping = false
  }

  return {
    push(chunk) {
      const lines: string[] = []
      let from = 0
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        keep(chunk.subarray(from, at))
        close(lines)
        from = at + 1
      }
      keep(chunk.subarray(from))
      return lines
    },
    end() {
      const lines: string[] = []
      close(lines)
      return lines
    },
    skipped: () => skipped,
  }
}
