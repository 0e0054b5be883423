import { isTerminal } from '@assayer/schema'
import { findingsAfter, getScan, twice } from '@assayer/schema/store'
import type { FindingRow } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import type { Actor } from '../request/call.ts'
import { renderFinding, renderScan } from '@assayer/schema/render'
import { createAlarm } from './pause.ts'

const betweenScansMs = 250
const betweenLooksMs = 500
const commentMs = 15_000
const keyCheckMs = 1000
const batch = 200

export type Following = {
  deps: Pick<Deps, 'sql' | 'progress' | 'now' | 'draining'>
  actor: Pick<Actor, 'workspaceId' | 'stillValid'>
  scanId: string
  /** The number of the last finding that the client has; '0' for none. */
  after: string
}

/**
 * The event stream of a scan as chunks of text (WHATWG server-sent events). The scan comes at once and when it changed, at
 * most four times a second; each finding once, in the order of the scan's numbers; the terminal scan and `end` come last.
 * Looks into PostgreSQL every half second, sooner when progress says so, at once when that is the end, and less often when a
 * look is slow. Ends without `end` when the process drains, the key is no longer valid or the scan is deleted; throws when the
 * database is away. The client then comes back after its last event.
 */
export async function* followScan(following: Following, signal: AbortSignal): AsyncGenerator<string> {
  const { deps, actor, scanId } = following
  const { sql } = deps
  const alarm = createAlarm()
  const ending = createAlarm()
  const unwatch = deps.progress.watch(scanId, (ended) => {
    if (ended) ending.ring()
    alarm.ring()
  })
  const clock = () => performance.now()
  let { after } = following
  let shown: string | null = null
  let row = null
  let nextLook = 0
  let nextKeyCheck = clock() + keyCheckMs
  let spoke = clock()
  try {
    yield 'retry: 2000\n\n'
    while (!signal.aborted && !deps.draining()) {
      if (clock() >= nextKeyCheck) {
        if (!(await actor.stillValid())) return
        nextKeyCheck = clock() + keyCheckMs
      }
      if (clock() >= nextLook) {
        const started = clock()
        row = await twice(() => getScan(sql, actor.workspaceId, scanId))
        nextLook = clock() + Math.max(betweenScansMs, 4 * (clock() - started))
      }
      if (row === null) return
      const seen = JSON.stringify(row)
      const ended = isTerminal(row.state)
      const scan = event('scan', JSON.stringify(renderScan(row, deps.now())))
      if (shown === null || (shown !== seen && !ended)) {
        yield scan
        shown = seen
        spoke = clock()
      }
      const position = after
      const rows = await twice(() => findingsAfter(sql, actor.workspaceId, scanId, position, batch))
      if (rows.length > 0) {
        yield rows.map(findingEvent).join('')
        after = rows.at(-1)?.sequence ?? after
        shown = ended ? '' : shown
        spoke = clock()
      }
      if (rows.length === batch) continue
      if (ended) {
        yield `${shown === seen ? '' : scan}${event('end', row.state, 'end')}`
        return
      }
      if (clock() - spoke >= commentMs) {
        yield ': still here\n\n'
        spoke = clock()
      }
      await alarm.wait(betweenLooksMs, signal)
      if (await ending.wait(nextLook - clock(), signal)) nextLook = 0
    }
  } finally {
    unwatch()
  }
}

const findingEvent = (row: FindingRow): string => event('finding', JSON.stringify(renderFinding(row)), row.sequence)

const event = (name: string, data: string, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`
