import { problem, searchWords, severities, templateProtocols } from '@assayer/schema'
import { getTemplate, searchTemplates } from '@assayer/schema/store'
import * as v from 'valibot'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { taggedJson } from '../request/etag.ts'
import { oneOf, text } from '../request/filters.ts'
import type { Filter } from '../request/filters.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { renderTemplate, renderTemplateWithSource } from '../render/template.ts'

/** Words that a template has all of, each at the beginning of one of its own. */
const words: Filter<string[]> = {
  most: 5,
  code: 'text',
  message: 'must be up to 500 printable characters with a letter or digit, at most 20 words',
  schema: text(1).schema,
  read(given) {
    const found = searchWords(given)
    return text(1).read(given) === undefined || found.length === 0 || found.length > 20 ? undefined : found
  },
}

const cve: Filter<string> = {
  most: 50,
  code: 'cve',
  message: 'must be like CVE-2021-44228',
  schema: { type: 'string', pattern: '^[Cc][Vv][Ee]-[0-9]{4}-[0-9]{4,19}$' },
  read: (given) => (/^CVE-\d{4}-\d{4,19}$/i.test(given) ? given.toUpperCase() : undefined),
}

const tag: Filter<string> = { ...text(50), read: (given) => text(1).read(given)?.toLowerCase() }

/** What a search of templates can be narrowed by. */
export const templateFilters = { q: words, tag, severity: oneOf(severities), protocol: oneOf(templateProtocols), cve }

const id = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/
/** The id that a template gives itself. */
export const TemplateId = v.pipe(v.string(), v.regex(id))

/** `GET /v1/templates`: search in what the workers have installed, by id. */
export async function listTemplates({ deps, c }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'templates', templateFilters)
  const { limit, before } = page
  const rows = await searchTemplates(deps.sql, {
    words: filters.q,
    tags: filters.tag,
    severities: filters.severity,
    protocols: filters.protocol,
    cveIds: filters.cve,
    after: before,
    limit: limit + 1,
  })
  return json(
    200,
    pageOf('templates', rows, limit, ({ id }) => id, renderTemplate),
  )
}

/** `GET /v1/templates/{id}` */
export async function showTemplate({ deps, c }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const asked = c.req.param('id') ?? ''
  const row = id.test(asked) ? await getTemplate(deps.sql, asked) : null
  if (row === null) throw problem('template-not-found')
  return await taggedJson(c.req.header('If-None-Match'), 1, renderTemplateWithSource(row))
}
