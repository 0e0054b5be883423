import { setTimeout as sleep } from 'node:timers/promises'
import { isTerminal } from '@assayer/schema'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { Refused, call } from './http.ts'
import type { Service } from './http.ts'
import type { Finding, Scan } from './types.ts'

export type Watcher = { onScan?(scan: Scan): void; onFinding?(finding: Finding): void }

/**
 * Follows a scan by its event stream until it has ended, and returns it. A broken stream is taken up again after the last
 * event it gave; after a minute without any answer the last error is thrown.
 */
export async function followScan(
  service: Service,
  scanId: string,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Scan> {
  const path = `/v1/scans/${scanId}/events`
  let last: Scan | undefined
  let lastId: string | undefined
  let brokenSince: number | null = null
  for (;;) {
    try {
      const headers = { Accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) }
      const response = await call(service, path, { headers, signal })
      brokenSince = null
      if (response.status === 204 || response.body === null) break
      const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
      for await (const { event, data, id } of events) {
        if (id !== undefined) lastId = id
        if (event === 'finding') watcher.onFinding?.(JSON.parse(data) as Finding)
        if (event !== 'scan') continue
        last = JSON.parse(data) as Scan
        watcher.onScan?.(last)
      }
      if (last && isTerminal(last.state)) return last
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Refused && error.status < 500) throw error
      brokenSince ??= Date.now()
      if (Date.now() - brokenSince > 60_000) throw error
    }
    await sleep(500, undefined, { signal })
  }
  const response = await call(service, `/v1/scans/${scanId}`, { signal })
  return (await response.json()) as Scan
}
