import { severities, templateProtocols } from '@assayer/schema'
import { Count, named, openWord } from '@assayer/schema/render'
import type { TemplateRow, TemplateText } from '@assayer/schema/store'
import * as v from 'valibot'

const texts = v.array(v.string())
const fields = {
  id: v.string(),
  name: v.string(),
  severity: openWord(...severities),
  protocol: openWord(...templateProtocols),
  origin: openWord('signed', 'starter'),
  tags: texts,
  cveIds: texts,
  authors: texts,
  description: v.nullable(v.string()),
  references: texts,
  requests: Count,
}

/** An installed template as a list shows it. */
export const Template = named('Template', v.object(fields))
type Template = v.InferOutput<typeof Template>

/** The same with its text; `sourceTruncated` where that is only its first 64 KiB. */
export const TemplateWithSource = named(
  'TemplateWithSource',
  v.object({ ...fields, source: v.nullable(v.string()), sourceTruncated: v.boolean() }),
)
type TemplateWithSource = v.InferOutput<typeof TemplateWithSource>

/** An installed template as a list shows it. */
export const renderTemplate = (row: TemplateRow): Template => ({
  id: row.id,
  name: row.name,
  severity: row.severity,
  protocol: row.protocol,
  origin: row.origin,
  tags: row.tags,
  cveIds: row.cveIds,
  authors: row.authors,
  description: row.description,
  references: row.references,
  requests: row.requests,
})

/** The same with its text. */
export const renderTemplateWithSource = (
  row: TemplateRow & Pick<TemplateText, 'source' | 'sourceBytes'>,
): TemplateWithSource => ({
  ...renderTemplate(row),
  source: row.source,
  sourceTruncated: (row.sourceBytes ?? 0) > 65_536,
})
