import type { TemplateSelection } from '../scan-order.ts'
import type { Sql } from './connect.ts'

export type TemplateOrigin = 'signed' | 'starter'
export type InstalledTemplate = {
  id: string
  name: string
  severity: string
  protocol: string
  tags: string[]
  requests: number
  origin: TemplateOrigin
}
export type Bundle = { digest: string; nucleiVersion: string }

/** Writes what a worker has installed and makes it the current bundle. Safe to send again. */
export async function installBundle(sql: Sql, bundle: Bundle, templates: InstalledTemplate[]): Promise<void> {
  await sql`
    with bundle as (
      insert into bundles (digest, nuclei_version, template_count)
      values (${bundle.digest}, ${bundle.nucleiVersion}, ${templates.length})
      on conflict (digest) do update set activated_at = now(), nuclei_version = excluded.nuclei_version
      returning digest
    )
    insert into templates (bundle_digest, id, name, severity, protocol, tags, requests, origin)
    select bundle.digest, t.id, t.name, t.severity, t.protocol, t.tags, t.requests, t.origin
    from bundle, jsonb_to_recordset(${sql.json(templates)})
      as t (id text, name text, severity text, protocol text, tags text[], requests integer, origin text)
    on conflict do nothing`
}

/** The bundle that orders are resolved against: the one activated last. Null before any worker registered. */
export async function currentBundle(sql: Sql): Promise<Bundle | null> {
  const [row] = await sql<Bundle[]>`
    select digest, nuclei_version as "nucleiVersion" from bundles where template_count > 0
    order by activated_at desc limit 1`
  return row ?? null
}

export type SelectedTemplate = { id: string; origin: TemplateOrigin; requests: number }

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
