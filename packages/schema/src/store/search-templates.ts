import type { Sql } from './connect.ts'
import type { InstalledTemplate, TemplateText } from './templates.ts'

export type TemplateRow = InstalledTemplate & Omit<TemplateText, 'source' | 'sourceBytes'>

export type TemplateFilter = {
  /** Any of these lists of search words; a word is found where one in the template begins with it, all of a list together. */
  words: string[][]
  tags: string[]
  severities: string[]
  protocols: string[]
  cveIds: string[]
  /** The id that the page before ended with. */
  after: string | null
  limit: number
}

const current = (sql: Sql) =>
  sql`select digest from bundles where template_count > 0 order by activated_at desc limit 1`

const columns = (sql: Sql) => sql`id, name, severity, protocol, tags, requests, origin, description, authors,
  reference_urls as "references", cve_ids as "cveIds"`

/** A page of the current bundle's templates by id; none before any worker registered. */
export async function searchTemplates(sql: Sql, filter: TemplateFilter): Promise<TemplateRow[]> {
  const { tags, severities, protocols, cveIds, after, limit } = filter
  // A word is letters and digits alone, so a query made of words needs no quoting.
  const query = filter.words.map((words) => `(${words.map((word) => `${word}:*`).join(' & ')})`).join(' | ')
  return await sql<TemplateRow[]>`
    select ${columns(sql)} from templates
    where bundle_digest = (${current(sql)})
      ${after === null ? sql`` : sql`and id > ${after}`}
      ${query === '' ? sql`` : sql`and search @@ ${query}::tsquery`}
      ${tags.length === 0 ? sql`` : sql`and tags && ${tags}::text[]`}
      ${cveIds.length === 0 ? sql`` : sql`and cve_ids && ${cveIds}::text[]`}
      ${severities.length === 0 ? sql`` : sql`and severity = any(${severities}::text[])`}
      ${protocols.length === 0 ? sql`` : sql`and protocol = any(${protocols}::text[])`}
    order by id limit ${limit}`
}

/** One template of the current bundle with its source. */
export async function getTemplate(
  sql: Sql,
  id: string,
): Promise<(TemplateRow & Pick<TemplateText, 'source' | 'sourceBytes'>) | null> {
  const [row] = await sql<(TemplateRow & Pick<TemplateText, 'source' | 'sourceBytes'>)[]>`
    select ${columns(sql)}, source, source_bytes as "sourceBytes" from templates
    where bundle_digest = (${current(sql)}) and id = ${id}`
  return row ?? null
}
