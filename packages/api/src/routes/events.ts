import { isTerminal, problem } from '@assayer/schema'
import { hasNumberedFinding, scanState } from '@assayer/schema/store'
import { followScan } from '../events/follow-scan.ts'
import { streamOf } from '../events/stream-of.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import { refuseQuery } from '../request/query.ts'
import { createShares } from '../request/shares.ts'
import { scanIdOf } from './scans.ts'

/** `GET /v1/scans/{id}/events`, with `mostStreams` of them open at once, by one key half at most of what others leave. */
export function createEventsHandler(mostStreams: number): Handler {
  const open = createShares(mostStreams)
  return async (call) => {
    const { deps, c, actor, requestId } = call
    refuseQuery(c.req.url)
    const scanId = scanIdOf(c.req.param('id'))
    const start = await startOf(call, scanId)
    if (start === 'ended') return { status: 204, body: null, headers: {} }
    if (deps.draining()) throw problem('draining', { headers: { 'Retry-After': '2' } })
    if (c.req.method === 'HEAD') return stream(null)
    const close = open.take(actor.createdBy.id)
    if (close === null) throw problem('overloaded', { headers: { 'Retry-After': '5' } })
    return stream(
      streamOf((signal) => followScan({ deps, actor, scanId, after: start }, signal), {
        error: (err) => deps.log.warn({ err, requestId }, 'event stream broke'),
        end: close,
      }),
    )
  }
}

/** The number of the last finding the client has, or `ended` when it has seen the end. */
async function startOf({ deps, c, actor }: Call, scanId: string): Promise<string> {
  const lastId = c.req.header('Last-Event-ID') ?? ''
  const numbered = /^[1-9]\d{0,17}$/.test(lastId)
  const [state, known] = await Promise.all([
    scanState(deps.sql, actor.workspaceId, scanId),
    numbered && hasNumberedFinding(deps.sql, actor.workspaceId, scanId, lastId),
  ])
  if (state === null) throw problem('scan-not-found')
  if (lastId === '') return '0'
  if (lastId === 'end' && isTerminal(state)) return 'ended'
  if (known) return lastId
  const message = 'is not the id of an event of this scan'
  throw problem('malformed-request', {
    detail: `Last-Event-ID ${message}`,
    errors: [{ in: 'header', name: 'Last-Event-ID', code: 'unknown-event', message }],
  })
}

const stream = (body: Answer['body']): Answer => ({
  status: 200,
  body,
  headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' },
})
