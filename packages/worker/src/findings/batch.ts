import type { NewFinding } from '@assayer/schema/store'

export type Batch = {
  /** Waits while a full batch is being written. */
  add(finding: NewFinding): Promise<void>
  flush(): Promise<void>
  /** Distinct fingerprints of this attempt so far. */
  distinct(): number
  refused(): number
}

const maxRows = 200
const maxBytes = 8 * 1024 * 1024

const sizeOf = ({ request, response, extractedResults, detail }: NewFinding): number =>
  2048 + (request?.length ?? 0) + (response?.length ?? 0) + JSON.stringify([extractedResults, detail]).length

/**
 * Gathers findings and writes them when 200 are there, or 8 MiB, or half a second has passed. A fingerprint goes out once an
 * attempt; past `maxFindings` the rest is refused and counted. One write at a time, while which at most one more batch
 * gathers; its failure is the adder's, and nothing is written after it.
 */
export function batchFindings(options: {
  write(rows: NewFinding[]): Promise<void>
  maxFindings: number
  everyMs?: number
}): Batch {
  const seen = new Set<string>()
  let rows: NewFinding[] = []
  let bytes = 0
  let refused = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (rows.length > 0) {
      const ready = rows.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
      rows = []
      bytes = 0
      writing = writing.then(() => options.write(ready))
      writing.catch(() => {})
    }
    return writing
  }
  const flushWhenWritten = () => void writing.then(flush).catch(() => {})
  return {
    async add(finding) {
      if (seen.has(finding.fingerprint)) return
      if (seen.size >= options.maxFindings) {
        refused++
        return
      }
      seen.add(finding.fingerprint)
      rows.push(finding)
      bytes += sizeOf(finding)
      if (rows.length >= maxRows || bytes >= maxBytes) await flush()
      else timer ??= setTimeout(flushWhenWritten, options.everyMs ?? 500)
    },
    flush,
    distinct: () => seen.size,
    refused: () => refused,
  }
}
