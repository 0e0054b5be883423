import { parseId, problem, scanStates } from '@assayer/schema'
import { getScan, listScans } from '@assayer/schema/store'
import { acceptOrder } from '../order/accept.ts'
import { readJson } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderScan } from '../render/scan.ts'

/** `POST /v1/scans` */
export async function orderScan(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/scans', body)
  return await firstAnswerCounts(call, idempotency, () => acceptOrder(call, body, idempotency))
}

/** `GET /v1/scans` */
export async function listAllScans({ deps, c, actor }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'scans', { state: scanStates })
  const { limit, before } = page
  const rows = await listScans(deps.sql, actor.workspaceId, { states: filters.state, before, limit: limit + 1 })
  const now = deps.now()
  return json(
    200,
    pageOf(
      'scans',
      rows,
      limit,
      ({ id }) => id,
      (row) => renderScan(row, now),
    ),
  )
}

/** `GET /v1/scans/{id}` */
export async function showScan({ deps, c, actor }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const row = await getScan(deps.sql, actor.workspaceId, scanIdOf(c.req.param('id')))
  if (row === null) throw problem('scan-not-found')
  return await taggedJson(c.req.header('If-None-Match'), row.version, renderScan(row, deps.now()))
}

/** The scan a path names; `scan-not-found` for a text that is no scan's id. */
export function scanIdOf(text: string | undefined): string {
  const id = parseId('scan', text ?? '')
  if (id === null) throw problem('scan-not-found')
  return id
}
