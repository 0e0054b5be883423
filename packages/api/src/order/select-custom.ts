import { formatId, parseId } from '@assayer/schema'
import type { ProblemError, TemplateSelection } from '@assayer/schema'
import { selectCustomTemplates } from '@assayer/schema/store'
import type { SelectedTemplate, Sql } from '@assayer/schema/store'
import { invalidInput } from '../request/validate.ts'

const message = 'there is no such custom template'
const ofProfile = 'selects a custom template that is no longer there'

/** The custom templates of an order as they are now: their digests name the texts that will run, whatever becomes of them. */
export async function selectCustom(
  sql: Sql,
  workspaceId: string,
  { custom = [] }: TemplateSelection,
  pointer: string,
): Promise<SelectedTemplate[]> {
  if (custom.length === 0) return []
  const ids = custom.map((text) => parseId('custom-template', text)).filter((id) => id !== null)
  const found = await selectCustomTemplates(sql, workspaceId, [...new Set(ids)])
  const known = new Set(found.map(({ id }) => formatId('custom-template', id)))
  const errors = custom.flatMap((text, at): ProblemError[] => {
    if (known.has(text)) return []
    if (pointer !== '/templates') return [{ in: 'body', pointer, code: 'not-found', message: ofProfile }]
    return [{ in: 'body', pointer: `${pointer}/custom/${at}`, code: 'not-found', message }]
  })
  if (errors.length > 0) throw invalidInput(errors)
  return found.map(({ templateId, requests, digest }) => ({ id: templateId, origin: 'custom', requests, digest }))
}
