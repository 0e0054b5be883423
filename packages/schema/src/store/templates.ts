import type { TemplateSelection } from '../scan-order.ts'
import { searchWords } from '../search-words.ts'
import type { Sql } from './connect.ts'

/** Installed ones are signed or Assayer's own; custom ones are a workspace's. Each runs in shards of its own. */
export type TemplateOrigin = 'signed' | 'starter' | 'custom'
export type InstalledTemplate = {
  id: string
  name: string
  severity: string
  protocol: string
  tags: string[]
  requests: number
  origin: Exclude<TemplateOrigin, 'custom'>
}
/** What search and a reader want beside that; a row of an older worker has none of it. */
export type TemplateText = {
  description: string | null
  authors: string[]
  references: string[]
  cveIds: string[]
  /** The template itself, or its first 64 KiB. */
  source: string | null
  sourceBytes: number | null
}
export type Bundle = { digest: string; nucleiVersion: string }

const batchBytes = 2_000_000

/**
 * Writes what a worker has installed and makes it the current bundle: its name, its templates in batches, and at last that it is
 * whole, which makes it the one that orders and searches see. Each statement is safe to send again, as is the whole; a bundle that
 * is whole already is only made the current one.
 */
export async function installBundle(
  sql: Sql,
  bundle: Bundle,
  templates: readonly (InstalledTemplate & Partial<TemplateText>)[],
): Promise<void> {
  await sql`
    insert into bundles (digest, nuclei_version, template_count) values (${bundle.digest}, ${bundle.nucleiVersion}, 0)
    on conflict (digest) do update set activated_at = now()`
  const [whole] = await sql`
    select from bundles where digest = ${bundle.digest} and template_count >= greatest(${templates.length}, 1)`
  if (whole === undefined) for (const batch of batches(templates)) await addTemplates(sql, bundle.digest, batch)
  await sql`
    update bundles set activated_at = now(), nuclei_version = ${bundle.nucleiVersion},
      template_count = greatest(template_count, ${templates.length})
    where digest = ${bundle.digest}`
}

/**
 * Removes templates of bundles that another replaced and nobody activated for 7 days, at most 5,000 rows, and returns how many.
 * Such a bundle is not whole from then on; a worker that installs it again touches it first and so waits for this statement.
 */
export async function removeReplaced(sql: Sql): Promise<number> {
  const { count } = await sql`
    with replaced as materialized (
      select digest from bundles
      where activated_at < now() - interval '7 days'
        and activated_at < (select max(activated_at) from bundles where template_count > 0)
      for update
    ), emptied as (
      update bundles set template_count = 0 where digest in (select digest from replaced) and template_count > 0
    )
    delete from templates where ctid = any(array(
      select t.ctid from replaced join templates t on t.bundle_digest = replaced.digest limit 5000))`
  return count
}

type Row = InstalledTemplate & Partial<TemplateText> & { words: string[] }

function* batches(templates: readonly (InstalledTemplate & Partial<TemplateText>)[]): Generator<Row[]> {
  let batch: Row[] = []
  let bytes = 0
  for (const template of templates) {
    const { id, name, tags, description, authors = [], cveIds = [] } = template
    batch.push({ ...template, words: searchWords(id, ...cveIds, name, ...tags, ...authors, description ?? '') })
    bytes += 1000 + (template.source?.length ?? 0)
    if (bytes < batchBytes) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

async function addTemplates(sql: Sql, digest: string, rows: Row[]): Promise<void> {
  await sql`
    insert into templates (bundle_digest, id, name, severity, protocol, tags, requests, origin, description, authors,
      reference_urls, cve_ids, source, source_bytes, search)
    select ${digest}, t.id, t.name, t.severity, t.protocol, t.tags, t.requests, t.origin, t.description,
      coalesce(t.authors, '{}'), coalesce(t."references", '{}'), coalesce(t."cveIds", '{}'), t.source, t."sourceBytes",
      array_to_tsvector(t.words)
    from jsonb_to_recordset(${sql.json(rows)})
      as t (id text, name text, severity text, protocol text, tags text[], requests integer, origin text, description text,
        authors text[], "references" text[], "cveIds" text[], source text, "sourceBytes" integer, words text[])
    on conflict do nothing`
}

export type BundleInUse = Bundle & { templateCount: number; activatedAt: Date }

/** The current bundle with its size and age. */
export async function bundleInUse(sql: Sql): Promise<BundleInUse | null> {
  const [row] = await sql<BundleInUse[]>`
    select digest, nuclei_version as "nucleiVersion", template_count as "templateCount", activated_at as "activatedAt"
    from bundles where template_count > 0 order by activated_at desc limit 1`
  return row ?? null
}

/** The bundle that orders are resolved against: the one activated last. Null before any worker registered. */
export async function currentBundle(sql: Sql): Promise<Bundle | null> {
  const [row] = await sql<Bundle[]>`
    select digest, nuclei_version as "nucleiVersion" from bundles where template_count > 0
    order by activated_at desc limit 1`
  return row ?? null
}

/** `digest` is that of a custom template's text. */
export type SelectedTemplate = { id: string; origin: TemplateOrigin; requests: number; digest?: string }

/** What a selection means: inside a list OR, between the lists AND, an empty list filters nothing, excludes win. */
export async function selectTemplates(
  sql: Sql,
  digest: string,
  selection: TemplateSelection,
): Promise<SelectedTemplate[]> {
  const { ids, tags, severities, protocols, excludeIds, excludeTags } = selection
  return await sql<SelectedTemplate[]>`
    select id, origin, requests from templates
    where bundle_digest = ${digest}
      and (${ids.length === 0} or id = any(${ids}::text[]))
      and (${tags.length === 0} or tags && ${tags}::text[])
      and (${severities.length === 0} or severity = any(${severities}::text[]))
      and (${protocols.length === 0} or protocol = any(${protocols}::text[]))
      and not id = any(${excludeIds}::text[])
      and not tags && ${excludeTags}::text[]
    order by id`
}
