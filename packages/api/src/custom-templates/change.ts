import { Name, problem } from '@assayer/schema'
import { changeCustomTemplate, getCustomTemplate, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { auditOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { mayChange, taggedJson } from '../request/etag.ts'
import { validate } from '../request/validate.ts'
import { renderWithSource } from '../render/custom-template.ts'
import { refuseInstalled, Source, takenProblem } from './make.ts'
import { validateByWorker } from './validate.ts'

/** The body of `PATCH /v1/custom-templates/{id}`. */
export const CustomTemplatePatch = v.pipe(
  v.strictObject({ name: v.optional(Name), source: v.optional(Source) }),
  v.title('CustomTemplatePatch'),
)

const mostTries = 5

/**
 * Changes name and text of a template; another text is validated like a new one. Orders that were taken before run the text they
 * were taken with. A template that changed meanwhile is read anew, unless `If-Match` asked for what it was.
 */
export async function changeOwnTemplate(call: Call, id: string, body: unknown): Promise<Answer> {
  const { deps, c, actor } = call
  const patch = validate(CustomTemplatePatch, body)
  const read = async () => {
    const row = await twice(() => getCustomTemplate(deps.sql, actor.workspaceId, id))
    if (row === null) throw problem('custom-template-not-found')
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    return row
  }
  const first = await read()
  const { source = first.source, name } = patch
  const valid = source === first.source ? null : await validateByWorker(call, source)
  if (valid) await refuseInstalled(call, valid.templateId)
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await read()
    const next = { ...row, ...(valid === null ? {} : { ...valid, source }), name: name ?? row.name }
    const same = next.name === row.name && next.source === row.source
    const changed = same ? row : await changeCustomTemplate(deps.sql, actor.workspaceId, row, next, auditOf(call))
    if (changed !== null && 'taken' in changed) throw takenProblem(changed)
    if (changed === null) continue
    return await taggedJson(undefined, changed.version, renderWithSource({ ...changed, source: next.source }))
  }
  throw problem('overloaded', {
    detail: 'The template changes too fast: send it again',
    headers: { 'Retry-After': '1' },
  })
}
