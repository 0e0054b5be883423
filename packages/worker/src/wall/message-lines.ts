import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into lines. Null, for ever, once a line is longer than `maxBytes`. */
export function createLineCutter(maxBytes: number): (chunk: Buffer) => string[] | null {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  let held = 0
  return (chunk) => {
    if (held > maxBytes) return null
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      parts.push(decoder.write(chunk.subarray(start, end)))
      lines.push(parts.join(''))
      parts = []
      held = 0
      start = end + 1
    }
    const tail = chunk.subarray(start)
    held += tail.length
    if (held > maxBytes) return null
    parts.push(decoder.write(tail))
    return lines
  }
}
