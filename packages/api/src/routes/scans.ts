import { isTerminal, parseId, parseTarget, problem, scanStates } from '@assayer/schema'
import { getScans, listScans } from '@assayer/schema/store'
import type { ScanFilter, ScanHead } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import { acceptOrder } from '../order/accept.ts'
import { readJson } from '../request/body.ts'
import { json, jsonText } from '../request/call.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import type { EndedScans } from '../render/ended-scans.ts'
import { pageOf } from '../request/cursor.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { label, labelsOf, oneOf, time } from '../request/filters.ts'
import type { Filter } from '../request/filters.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { shareLooks } from '../request/share-look.ts'
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

/** `GET /v1/scans`. Those who ask for the same page together share one. */
export function createListScans(ended: EndedScans): Handler {
  const share = shareLooks<Uint8Array<ArrayBuffer>>()
  return async ({ deps, c, actor }) => {
    const { page, filters } = readListQuery(c.req.url, 'scans', scanFilters)
    const { limit, before } = page
    const labels = labelsOf(filters.label)
    if (labels === null) return json(200, { data: [], nextCursor: null })
    const filter = {
      states: filters.state,
      before,
      limit: limit + 1,
      labels,
      target: filters.target[0] ?? null,
      createdAfter: filters.createdAfter[0] ?? null,
      createdBefore: filters.createdBefore[0] ?? null,
    }
    const { workspaceId } = actor
    const asked = JSON.stringify([workspaceId, filter])
    return jsonText(200, await share(asked, () => pageOfScans(deps, workspaceId, filter, ended)))
  }
}

/** A page as bytes, which all who share it send without a copy. */
async function pageOfScans(deps: Deps, workspaceId: string, filter: ScanFilter, ended: EndedScans) {
  const heads = await listScans(deps.sql, workspaceId, filter)
  const { data, nextCursor } = pageOf(
    'scans',
    heads,
    filter.limit - 1,
    ({ id }) => id,
    (head) => head,
  )
  const texts = await textsOf(deps, workspaceId, data, ended)
  return new TextEncoder().encode(`{"data":[${texts.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`)
}

/** Each scan as JSON, but for one that was deleted meanwhile; what is not kept is read in one statement. */
async function textsOf({ sql, now }: Deps, workspaceId: string, heads: ScanHead[], ended: EndedScans) {
  const texts = new Map<string, string>()
  for (const { id, version } of heads) {
    const kept = ended.find(workspaceId, id)
    if (kept?.version === version) texts.set(id, kept.text)
  }
  const missing = heads.filter(({ id }) => !texts.has(id)).map(({ id }) => id)
  const rows = missing.length === 0 ? [] : await getScans(sql, workspaceId, missing)
  for (const row of rows) {
    const text = JSON.stringify(renderScan(row, now()))
    texts.set(row.id, text)
    ended.keep(workspaceId, { ...row, ended: isTerminal(row.state) }, text)
  }
  return heads.flatMap(({ id }) => texts.get(id) ?? [])
}

/** The scan a path names; `scan-not-found` for a text that is no scan's id. */
export function scanIdOf(text: string | undefined): string {
  const id = parseId('scan', text ?? '')
  if (id === null) throw problem('scan-not-found')
  return id
}
