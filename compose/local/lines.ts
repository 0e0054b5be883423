import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'

/** Calls `onLine` for each line of a stream, also for a last one without an end; a line is cut at `maxLength` characters. */
export function forEachLine(stream: Readable, onLine: (line: string) => void, maxLength = 16_384): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const parts = decoder.write(chunk).split('\n')
    rest = (rest + (parts.shift() ?? '')).slice(0, maxLength)
    for (const part of parts) {
      onLine(rest.trimEnd())
      rest = part.slice(0, maxLength)
    }
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest.trimEnd())
  })
  stream.on('error', () => {})
}

/** The last lines of a log, at most `maxLength` characters of them. */
export function makeTail(maxLength = 65_536): { add: (line: string) => void; text: () => string } {
  const lines: string[] = []
  let length = 0
  return {
    add(line) {
      lines.push(line)
      length += line.length + 1
      while (length > maxLength && lines.length > 1) length -= (lines.shift() ?? '').length + 1
    },
    text: () => lines.join('\n'),
  }
}
