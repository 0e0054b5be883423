import { lowestId } from '../id.ts'
import { severities as allSeverities } from '../severity.ts'
import type { Sql } from './connect.ts'
import { findingColumns } from './findings.ts'
import type { FindingRow } from './findings.ts'

/** Where a page ended: the key of its last row, and for `severity` the severity's place in the order. */
export type FindingFilter = {
  severities: string[]
  before: string | null
  limit: number
  /** Null: newest first. Else worst first, inside a severity newest first, after that place. */
  rank?: number | null
  templateIds?: string[]
  hosts?: string[]
  /** Any of these texts in name, template id, host or place. */
  texts?: string[]
  since?: Date | null
  /** Each of these labels on the scan. */
  labels?: Record<string, string>
}

/** A page of a scan's findings; `before` is one of the scan's own numbers. */
export const listScanFindings = (sql: Sql, workspaceId: string, scanId: string, filter: FindingFilter) =>
  list(sql, workspaceId, scanId, filter)

/** A page of the findings of all scans; `before` is a finding's id. */
export const listFindings = (sql: Sql, workspaceId: string, filter: FindingFilter) =>
  list(sql, workspaceId, null, filter)

async function list(
  sql: Sql,
  workspaceId: string,
  scanId: string | null,
  filter: FindingFilter,
): Promise<FindingRow[]> {
  const { before, limit, severities, rank = null } = filter
  const key = scanId === null ? sql`f.id` : sql`f.sequence`
  const cut = scanId === null ? sql`${before}::uuid` : sql`${before}::bigint`
  const where = sql`f.workspace_id = ${workspaceId} ${scanId === null ? sql`` : sql`and f.scan_id = ${scanId}`}
    ${narrowed(sql, filter)} ${scanId === null ? madeSince(sql, filter) : sql``}
    and exists (select from scans s where s.workspace_id = f.workspace_id and s.id = f.scan_id and s.deleted_at is null
      ${has(filter.labels) ? sql`and s.labels @> ${sql.json(filter.labels ?? {})}` : sql``})`
  if (rank === null) {
    return await sql<FindingRow[]>`
      select ${findingColumns(sql)} from findings f where ${where}
        ${before === null ? sql`` : sql`and ${key} < ${cut}`}
        ${severities.length === 0 ? sql`` : sql`and f.severity = any(${severities}::text[])`}
      order by ${key} desc limit ${limit}`
  }
  // A walk of the index for each severity, as one over all would sort every row there is.
  return await sql<FindingRow[]>`
    select p.* from unnest(${[...allSeverities]}::text[]) with ordinality as r (severity, rank)
    cross join lateral (
      select ${findingColumns(sql)}, ${key} as page_key from findings f where ${where} and f.severity = r.severity
        ${before === null ? sql`` : sql`and (r.rank > ${rank} or ${key} < ${cut})`}
      order by ${key} desc limit ${limit}
    ) p
    where r.rank >= ${rank} ${severities.length === 0 ? sql`` : sql`and r.severity = any(${severities}::text[])`}
    order by r.rank, p.page_key desc limit ${limit}`
}

/** A row is written within the attempt that made its id, a day at most; the other day is for clocks that differ. */
const fromIdToRowMs = 2 * 86_400_000

/** Where the walk of all findings by their ids may end, as it would go on to the oldest for a page that is not full. */
const madeSince = (sql: Sql, { since = null }: FindingFilter) =>
  since === null ? sql`` : sql`and f.id >= ${lowestId(new Date(since.getTime() - fromIdToRowMs))}::uuid`

const has = (labels: Record<string, string> = {}): boolean => Object.keys(labels).length > 0

function narrowed(sql: Sql, { templateIds = [], hosts = [], texts = [], since = null }: FindingFilter) {
  const patterns = texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return sql`
    ${templateIds.length === 0 ? sql`` : sql`and f.template_id = any(${templateIds}::text[])`}
    ${hosts.length === 0 ? sql`` : sql`and f.host = any(${hosts}::text[])`}
    ${since === null ? sql`` : sql`and f.created_at >= ${since}`}
    ${
      patterns.length === 0
        ? sql``
        : sql`and (f.name ilike any(${patterns}::text[]) or f.template_id ilike any(${patterns}::text[])
            or f.host ilike any(${patterns}::text[]) or f.matched_at ilike any(${patterns}::text[]))`
    }`
}
