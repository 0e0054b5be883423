import { setTimeout as sleep } from 'node:timers/promises'
import { isTerminal } from '@assayer/schema'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { Refused, apiOf, dataOf } from './http.ts'
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
  const api = apiOf(service)
  const path = { id: scanId }
  let last: Scan | undefined
  let lastId: string | undefined
  let brokenSince: number | null = null
  for (;;) {
    try {
      const header = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
      const silence = new AbortController()
      const { data: stream } = await api.GET('/v1/scans/{id}/events', {
        params: { path, header },
        headers: { Accept: 'text/event-stream' },
        parseAs: 'stream',
        signal: AbortSignal.any([signal, silence.signal]),
      })
      brokenSince = null
      if (stream == null) break
      const events = stream
        .pipeThrough(endAfterSilence(silence))
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
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
  return dataOf(await api.GET('/v1/scans/{id}', { params: { path }, signal }))
}

const silenceMs = 45_000

/** Passes bytes on and aborts when none came for 45 s: the service sends a comment each 15 s. */
function endAfterSilence(silence: AbortController): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let timer = setTimeout(() => silence.abort(), silenceMs)
  return new TransformStream({
    transform(chunk, controller) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), silenceMs)
      controller.enqueue(chunk)
    },
    flush: () => clearTimeout(timer),
    cancel: () => clearTimeout(timer),
  })
}
