import { parseId, problem, severities } from '@assayer/schema'
import {
  getFinding,
  listFindings,
  listScanFindings,
  lookAtEvidence,
  readEvidence,
  scanState,
} from '@assayer/schema/store'
import type { FindingFilter, FindingRow } from '@assayer/schema/store'
import { auditOf } from '../request/act.ts'
import { json } from '../request/call.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import type { CursorKind } from '../request/cursor.ts'
import { taggedJson } from '../request/etag.ts'
import { label, labelsOf, oneOf, text, time } from '../request/filters.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import type { Searches } from '../request/searches.ts'
import { renderFinding } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

/** What a list of a scan's findings can be narrowed by. */
export const filtersOfScan = {
  severity: oneOf(severities),
  templateId: text(50),
  host: text(50),
  q: text(5),
  since: time,
  sort: oneOf(['newest', 'severity'], 1),
}
type Chosen = ReturnType<typeof readListQuery<typeof filtersOfScan>>

/** `GET /v1/scans/{id}/findings` */
export function createListFindingsOfScan(searches: Searches): Handler {
  return async ({ deps, c, actor }) => {
    const scanId = scanIdOf(c.req.param('id'))
    const chosen = readListQuery(c.req.url, 'findings', filtersOfScan)
    const [state, rows] = await Promise.all([
      scanState(deps.sql, actor.workspaceId, scanId),
      inLane(searches, chosen, () => listScanFindings(deps.sql, actor.workspaceId, scanId, filterOf(chosen))),
    ])
    if (state === null) throw problem('scan-not-found')
    return answerOf('findings', rows, chosen.page.limit, (row) => row.sequence)
  }
}

/** What a list of all findings can be narrowed by. */
export const filtersOfFindings = { ...filtersOfScan, scanLabel: label }

/** `GET /v1/findings`: of all scans. */
export function createListAllFindings(searches: Searches): Handler {
  return async ({ deps, c, actor }) => {
    const chosen = readListQuery(c.req.url, 'all-findings', filtersOfFindings)
    const labels = labelsOf(chosen.filters.scanLabel)
    if (labels === null) return answerOf('all-findings', [], chosen.page.limit, ({ id }) => id)
    const filter = { ...filterOf(chosen), labels }
    const rows = await inLane(searches, chosen, () => listFindings(deps.sql, actor.workspaceId, filter))
    return answerOf('all-findings', rows, chosen.page.limit, ({ id }) => id)
  }
}

/** No index over all findings knows these: what is narrowed by one goes through them until its page is full. */
const unindexed = new Set(['q', 'host', 'templateId', 'scanLabel'])

const inLane = <T>(searches: Searches, { filters }: Chosen, list: () => Promise<T>): Promise<T> =>
  Object.entries<readonly unknown[]>(filters).some(([name, { length }]) => length > 0 && unindexed.has(name))
    ? searches(list)
    : list()

/** `GET /v1/findings/{id}`: with its evidence for a key that may read it, which the audit trail tells when it is sent. */
export async function showFinding(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = parseId('finding', c.req.param('id') ?? '')
  const row = id === null ? null : await getFinding(deps.sql, actor.workspaceId, id)
  if (row === null) throw problem('finding-not-found')
  const finding = renderFinding(row)
  const ifNoneMatch = c.req.header('If-None-Match')
  if (!actor.may('evidence:read')) return await taggedJson(ifNoneMatch, 1, finding)
  if (c.req.method === 'HEAD' || ifNoneMatch !== undefined) {
    const evidence = await lookAtEvidence(deps.sql, actor.workspaceId, row.id)
    const answer = await taggedJson(ifNoneMatch, 1, { ...finding, evidence })
    if (c.req.method === 'HEAD' || answer.status === 304) return answer
  }
  const evidence = await readEvidence(deps.sql, actor.workspaceId, row.id, auditOf(call))
  return await taggedJson(undefined, 1, { ...finding, evidence })
}

/** A cursor holds rank and key of a finding, so that it is a place in either order. */
function filterOf({ page, filters }: Chosen): FindingFilter {
  const [rank = '1', key = null] = page.before?.split('_') ?? []
  return {
    severities: filters.severity,
    before: key,
    rank: filters.sort[0] === 'severity' ? Number(rank) : null,
    limit: page.limit + 1,
    templateIds: filters.templateId,
    hosts: filters.host,
    texts: filters.q,
    since: filters.since[0] ?? null,
  }
}

function answerOf(kind: CursorKind, rows: FindingRow[], limit: number, keyOf: (row: FindingRow) => string): Answer {
  const place = (row: FindingRow) => `${severities.indexOf(row.severity) + 1}_${keyOf(row)}`
  return json(200, pageOf(kind, rows, limit, place, renderFinding))
}
