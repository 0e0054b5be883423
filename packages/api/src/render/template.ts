import type { TemplateRow, TemplateText } from '@assayer/schema/store'

/** An installed template as a list shows it. */
export const renderTemplate = (row: TemplateRow) => ({
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

/** The same with its text; `sourceTruncated` where that is only its first 64 KiB. */
export const renderTemplateWithSource = (row: TemplateRow & Pick<TemplateText, 'source' | 'sourceBytes'>) => ({
  ...renderTemplate(row),
  source: row.source,
  sourceTruncated: (row.sourceBytes ?? 0) > 65_536,
})
