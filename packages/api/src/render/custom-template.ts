import { formatId, severities } from '@assayer/schema'
import { Count, CreatedByShown, idOf, named, openWord, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import type { CustomTemplate } from '@assayer/schema/store'
import * as v from 'valibot'

const fields = {
  id: idOf('custom-template'),
  name: v.string(),
  templateId: v.string(),
  title: v.string(),
  severity: openWord(...severities),
  protocol: openWord('http', 'dns', 'ssl', 'tcp'),
  tags: v.array(v.string()),
  requests: Count,
  digest: v.string(),
  createdBy: CreatedByShown,
  createdAt: Time,
  updatedAt: v.nullable(Time),
}

/** A workspace's own template as a list shows it. */
export const CustomTemplateShown = named('CustomTemplate', v.object(fields))
type CustomTemplateShown = v.InferOutput<typeof CustomTemplateShown>

/** The same with its text. */
export const CustomTemplateWithSource = named('CustomTemplateWithSource', v.object({ ...fields, source: v.string() }))
type CustomTemplateWithSource = v.InferOutput<typeof CustomTemplateWithSource>

/** A custom template as answers show it; `templateId` is the id inside the template, which findings name. */
export const renderCustomTemplate = (row: CustomTemplate): CustomTemplateShown => ({
  id: formatId('custom-template', row.id),
  name: row.name,
  templateId: row.templateId,
  title: row.title,
  severity: row.severity,
  protocol: row.protocol,
  tags: row.tags,
  requests: row.requests,
  digest: row.digest,
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
  updatedAt: timeOf(row.updatedAt),
})

export const renderWithSource = (row: CustomTemplate & { source: string }): CustomTemplateWithSource => ({
  ...renderCustomTemplate(row),
  source: row.source,
})
