import { parseId, parseTarget, problem, scanStates } from '@assayer/schema'
import { listScans } from '@assayer/schema/store'
import { acceptOrder } from '../order/accept.ts'
import { readJson } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { label, labelsOf, oneOf, time } from '../request/filters.ts'
import type { Filter } from '../request/filters.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderScan } from '@assayer/schema/render'

/** `POST /v1/scans` */
export async function orderScan(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/scans', body)
  return await firstAnswerCounts(call, idempotency, () => acceptOrder(call, body, idempotency))
}

/** A target as it is written in an order; a bare host is any target on it. */
const target: Filter<{ host: string; canonical: string | null }> = {
  most: 1,
  code: 'target',
  message: 'must be a URL, host, host:port or address',
  schema: { type: 'string', minLength: 1, maxLength: 2048 },
  read(given) {
    const parsed = parseTarget(given)
    if (!parsed.ok) return undefined
    const { host, kind, canonical } = parsed.target
    return { host, canonical: kind === 'host' ? null : canonical }
  },
}

/** What a list of scans can be narrowed by. */
export const scanFilters = { state: oneOf(scanStates), label, target, createdAfter: time, createdBefore: time }

/** `GET /v1/scans` */
export async function listAllScans({ deps, c, actor }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'scans', scanFilters)
  const { limit, before } = page
  const labels = labelsOf(filters.label)
  const filter = {
    states: filters.state,
    before,
    limit: limit + 1,
    target: filters.target[0] ?? null,
    createdAfter: filters.createdAfter[0] ?? null,
    createdBefore: filters.createdBefore[0] ?? null,
  }
  const rows = labels === null ? [] : await listScans(deps.sql, actor.workspaceId, { ...filter, labels })
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

/** The scan a path names; `scan-not-found` for a text that is no scan's id. */
export function scanIdOf(text: string | undefined): string {
  const id = parseId('scan', text ?? '')
  if (id === null) throw problem('scan-not-found')
  return id
}
