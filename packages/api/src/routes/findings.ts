import { problem, severities } from '@assayer/schema'
import { listScanFindings, scanState } from '@assayer/schema/store'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { readListQuery } from '../request/query.ts'
import { renderFinding } from '../render/finding.ts'
import { scanIdOf } from './scans.ts'

/** `GET /v1/scans/{id}/findings` */
export async function listFindings({ deps, c, actor }: Call): Promise<Answer> {
  const scanId = scanIdOf(c.req.param('id'))
  const { page, filters } = readListQuery(c.req.url, 'findings', { severity: severities })
  const { limit, before } = page
  const filter = { severities: filters.severity, before, limit: limit + 1 }
  const [state, rows] = await Promise.all([
    scanState(deps.sql, actor.workspaceId, scanId),
    listScanFindings(deps.sql, actor.workspaceId, scanId, filter),
  ])
  if (state === null) throw problem('scan-not-found')
  return json(
    200,
    pageOf('findings', rows, limit, (row) => row.sequence, renderFinding),
  )
}
