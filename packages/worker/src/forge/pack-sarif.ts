import { once } from 'node:events'
import { createGzip } from 'node:zlib'
import { sourceOf, writeSarif } from '@assayer/schema/export'
import type { ScanRow, Sql } from '@assayer/schema/store'

/** What GitHub takes. Source: "SARIF support for code scanning", validating your SARIF file, upload limits. */
const mostPackedBytes = 10_000_000
const mostResults = 25_000
/** With the POST's own deadline less than a lease. */
const deadlineMs = 10_000
const longestWaitMs = 3000

/** `given-up`: it was not this scan's fault; `timed-out`: it was, and may be again. */
type Packed = { kind: 'packed'; base64: string } | { kind: 'too-large' | 'timed-out' | 'given-up'; detail: string }
export type PackSarif = (row: ScanRow, signal: AbortSignal) => Promise<Packed>

/**
 * Makes what packs a scan's SARIF, without evidence, as GitHub takes it: gzip in base64. One at a time, as each may be 14 MB of
 * memory: who waits too long gives up.
 */
export function createPackSarif(sql: Sql, deadline = () => AbortSignal.timeout(deadlineMs)): PackSarif {
  let busy: Promise<unknown> | null = null
  return async (row, signal) => {
    const { total } = row.findings
    if (total > mostResults)
      return { kind: 'too-large', detail: `the scan has ${total} findings, GitHub takes ${mostResults} results` }
    const until = performance.now() + longestWaitMs
    while (busy !== null) {
      const left = until - performance.now()
      if (left <= 0 || signal.aborted) return { kind: 'given-up', detail: 'another SARIF is being written' }
      await withinMs(busy, left)
    }
    const late = deadline()
    const packing = pack(sql, row, AbortSignal.any([signal, late]))
    busy = packing.catch(() => null).finally(() => (busy = null))
    try {
      return await packing
    } catch (error) {
      if (signal.aborted) return { kind: 'given-up', detail: 'the sender stopped' }
      if (late.aborted) return { kind: 'timed-out', detail: `no SARIF within ${deadlineMs / 1000} s` }
      throw error
    }
  }
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

async function pack(sql: Sql, row: ScanRow, signal: AbortSignal): Promise<Packed> {
  const gzip = createGzip()
  const chunks: Buffer[] = []
  let bytes = 0
  gzip.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= mostPackedBytes) chunks.push(chunk)
  })
  const ended = once(gzip, 'end')
  const source = sourceOf(sql, row, {
    ...{ now: new Date(), evidence: false },
    async goOn() {
      signal.throwIfAborted()
    },
  })
  try {
    for await (const text of writeSarif(source)) {
      if (bytes > mostPackedBytes) break
      if (!gzip.write(text)) await once(gzip, 'drain', { signal })
    }
    gzip.end()
    await ended
  } finally {
    gzip.destroy()
    ended.catch(() => {})
  }
  if (bytes > mostPackedBytes)
    return { kind: 'too-large', detail: `the SARIF packs to more than the ${mostPackedBytes} bytes that GitHub takes` }
  return { kind: 'packed', base64: Buffer.concat(chunks).toString('base64') }
}
