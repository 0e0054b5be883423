import { problem } from '@assayer/schema'
import { changeScan as writeChange, getScan, spreadPriority, twice } from '@assayer/schema/store'
import type { ScanRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { auditOf } from '../request/act.ts'
import { readPatch } from '../request/body.ts'
import type { Answer, Call } from '../request/call.ts'
import { mayChange, taggedJson } from '../request/etag.ts'
import { LabelsPatch, mergeLabels, sameLabels } from '../request/merge-labels.ts'
import { refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { renderScan } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

/** The body of `PATCH /v1/scans/{id}`. */
export const ScanPatch = v.pipe(
  v.strictObject({
    labels: LabelsPatch,
    priority: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)))),
  }),
  v.title('ScanPatch'),
)
type ScanPatch = v.InferOutput<typeof ScanPatch>

const defaultPriority = 5
const mostTries = 5

/**
 * `PATCH /v1/scans/{id}`: labels one by one (null takes one away, `labels: null` all) and priority (null: the default), at any
 * time of a scan's life. A scan that changed meanwhile is read and merged anew, unless `If-Match` asked for what it was.
 */
export async function changeScan(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const scanId = scanIdOf(c.req.param('id'))
  const patch = validate(ScanPatch, await readPatch(c))
  const read = async () => {
    const row = await twice(() => getScan(deps.sql, actor.workspaceId, scanId))
    if (row === null) throw problem('scan-not-found')
    return row
  }
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await read()
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    const change = merged(row, patch)
    const changed =
      change === null || (await writeChange(deps.sql, actor.workspaceId, scanId, row.version, change, auditOf(call)))
    if (!changed) continue
    if (patch.priority !== undefined) await twice(() => spreadPriority(deps.sql, actor.workspaceId, scanId))
    const now = await read()
    return await taggedJson(undefined, now.version, renderScan(now, deps.now()))
  }
  throw problem('overloaded', { detail: 'The scan changes too fast: send it again', headers: { 'Retry-After': '1' } })
}

/** What the scan is to have; null when it has it already. */
function merged(row: ScanRow, patch: ScanPatch): { labels: Record<string, string>; priority: number } | null {
  const labels = mergeLabels(row.labels, patch.labels)
  const priority = patch.priority === undefined ? row.priority : (patch.priority ?? defaultPriority)
  const same = priority === row.priority && sameLabels(labels, row.labels)
  return same ? null : { labels, priority }
}
