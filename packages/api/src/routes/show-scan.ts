import { isTerminal, problem } from '@assayer/schema'
import { getScan, scanHead, scanState, twice } from '@assayer/schema/store'
import { createAlarm, pause } from '../events/pause.ts'
import { invalidKey } from '../request/authenticate.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import type { EndedScans } from '../render/ended-scans.ts'
import { tagged } from '../request/etag.ts'
import { waitSeconds } from '../request/prefer.ts'
import { refuseQuery } from '../request/query.ts'
import { renderScan } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

const betweenLooksMs = 500
const shortestLookMs = 100

/**
 * `GET /v1/scans/{id}`, of which `mostWaiting` may wait at once; those beyond are answered as if they had not asked to, which a
 * preference allows.
 */
export function createShowScan(mostWaiting: number, ended: EndedScans): Handler {
  let waiting = 0
  return async (call) => {
    refuseQuery(call.c.req.url)
    const scanId = scanIdOf(call.c.req.param('id'))
    const seconds = waitSeconds(call.c.req.header('Prefer'))
    if (seconds === 0 || waiting >= mostWaiting) return await show(call, scanId, ended)
    waiting++
    try {
      await untilEnded(call, scanId, seconds * 1000)
    } finally {
      waiting--
    }
    // A key that was revoked meanwhile learns nothing more.
    if (!(await call.actor.stillValid())) throw invalidKey()
    const answer = await show(call, scanId, ended)
    return { ...answer, headers: { ...answer.headers, 'Preference-Applied': `wait=${seconds}` } }
  }
}

async function show({ deps, c, actor }: Call, scanId: string, ended: EndedScans): Promise<Answer> {
  const { workspaceId } = actor
  const ifNoneMatch = c.req.header('If-None-Match')
  const kept = ended.find(workspaceId, scanId)
  if (kept !== null && (await scanHead(deps.sql, workspaceId, scanId))?.version === kept.version)
    return await tagged(ifNoneMatch, kept.version, kept.text, 'application/json', deps.sha256)
  const row = await getScan(deps.sql, workspaceId, scanId)
  if (row === null) throw problem('scan-not-found')
  const text = JSON.stringify(renderScan(row, deps.now()))
  ended.keep(workspaceId, { ...row, ended: isTerminal(row.state) }, text)
  return await tagged(ifNoneMatch, row.version, text, 'application/json', deps.sha256)
}

/** Waits until the scan has ended or is gone, the time is over, the client left or the process drains. */
async function untilEnded({ deps, c, actor }: Call, scanId: string, ms: number): Promise<void> {
  const { signal } = c.req.raw
  const alarm = createAlarm()
  const unwatch = deps.progress.watch(scanId, alarm.ring)
  const until = performance.now() + ms
  try {
    while (!signal.aborted && !deps.draining()) {
      const state = await twice(() => scanState(deps.sql, actor.workspaceId, scanId))
      const left = until - performance.now()
      if (state === null || isTerminal(state) || left <= 0) return
      await pause(Math.min(shortestLookMs, left), signal)
      await alarm.wait(Math.min(betweenLooksMs, until - performance.now()), signal)
    }
  } finally {
    unwatch()
  }
}
