import { isTerminal, problem } from '@assayer/schema'
import { getScan, scanHead, scanState, twice } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import { createAlarm, pause } from '../events/pause.ts'
import { invalidKey } from '../request/authenticate.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import type { EndedScans } from '../render/ended-scans.ts'
import { tagOf, withTag } from '../request/etag.ts'
import { waitSeconds } from '../request/prefer.ts'
import { refuseQuery } from '../request/query.ts'
import { shareLooks } from '../request/share-look.ts'
import { renderScan } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

const betweenLooksMs = 500
const shortestLookMs = 100

/**
 * `GET /v1/scans/{id}`. Those who ask for the same scan together share one look at it. `mostWaiting` may wait at once; those beyond
 * are answered as if they had not asked to, which a preference allows.
 */
export function createShowScan(mostWaiting: number, ended: EndedScans): Handler {
  let waiting = 0
  const share = shareLooks<Shown | null>()
  const show = async ({ deps, c, actor }: Call, scanId: string): Promise<Answer> => {
    const { workspaceId } = actor
    const shown = await share(`${workspaceId} ${scanId}`, () => look(deps, workspaceId, scanId, ended))
    if (shown === null) throw problem('scan-not-found')
    return withTag(c.req.header('If-None-Match'), shown.tag, shown.text, 'application/json')
  }
  return async (call) => {
    refuseQuery(call.c.req.url)
    const scanId = scanIdOf(call.c.req.param('id'))
    const seconds = waitSeconds(call.c.req.header('Prefer'))
    if (seconds === 0 || waiting >= mostWaiting) return await show(call, scanId)
    waiting++
    try {
      await untilEnded(call, scanId, seconds * 1000)
    } finally {
      waiting--
    }
    // A key that was revoked meanwhile learns nothing more.
    if (!(await call.actor.stillValid())) throw invalidKey()
    const answer = await show(call, scanId)
    return { ...answer, headers: { ...answer.headers, 'Preference-Applied': `wait=${seconds}` } }
  }
}

type Shown = { text: string; tag: string }

/** A scan as it is now, with its tag; null where there is none. */
async function look(deps: Deps, workspaceId: string, scanId: string, ended: EndedScans): Promise<Shown | null> {
  const { sql, sha256, now } = deps
  const kept = ended.find(workspaceId, scanId)
  if (kept !== null && (await scanHead(sql, workspaceId, scanId))?.version === kept.version)
    return { text: kept.text, tag: await tagOf(kept.version, kept.text, sha256) }
  const row = await getScan(sql, workspaceId, scanId)
  if (row === null) return null
  const text = JSON.stringify(renderScan(row, now()))
  ended.keep(workspaceId, { ...row, ended: isTerminal(row.state) }, text)
  return { text, tag: await tagOf(row.version, text, sha256) }
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
