import { coverages, problem } from '@assayer/schema'
import { listScanTargets, scanState } from '@assayer/schema/store'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { oneOf } from '../request/filters.ts'
import { readListQuery } from '../request/query.ts'
import { renderScanTarget } from '../render/scan-target.ts'
import { scanIdOf } from './scans.ts'

/** What a list of a scan's targets can be narrowed by. */
export const scanTargetFilters = { coverage: oneOf(coverages) }

/** `GET /v1/scans/{id}/targets`: one row a target, as they were ordered. */
export async function listTargetsOfScan({ deps, c, actor }: Call): Promise<Answer> {
  const scanId = scanIdOf(c.req.param('id'))
  const { page, filters } = readListQuery(c.req.url, 'scan-targets', scanTargetFilters)
  const { limit, before } = page
  const after = before === null ? null : Number(before)
  const [state, rows] = await Promise.all([
    scanState(deps.sql, actor.workspaceId, scanId),
    listScanTargets(deps.sql, actor.workspaceId, scanId, { coverages: filters.coverage, after, limit: limit + 1 }),
  ])
  if (state === null) throw problem('scan-not-found')
  return json(
    200,
    pageOf('scan-targets', rows, limit, (row) => String(row.ordinal), renderScanTarget),
  )
}
