import { formatId, Name, newId, problem } from '@assayer/schema'
import { getCustomTemplate, getTemplate, insertCustomTemplate, keptAnswer, twice } from '@assayer/schema/store'
import type { Taken } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { nameTaken } from '../request/name-taken.ts'
import { validate } from '../request/validate.ts'
import { renderWithSource } from '../render/custom-template.ts'
import { validateByWorker } from './validate.ts'

const longest = 65_536

/** A template as it is written, up to 64 KiB of UTF-8. */
export const Source = v.pipe(
  v.string(),
  v.regex(/\S/, 'must be a template'),
  v.maxLength(longest),
  v.check((text) => new TextEncoder().encode(text).length <= longest, 'must have at most 65,536 bytes'),
)

/** The body of `POST /v1/custom-templates`. */
export const NewCustomTemplateInput = v.pipe(
  v.strictObject({ name: Name, source: Source }),
  v.title('NewCustomTemplate'),
)

/** Makes a custom template once a worker's Nuclei has found it valid. */
export async function makeCustomTemplate(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const { workspaceId, createdBy } = actor
  const { name, source } = validate(NewCustomTemplateInput, body)
  // A request that is sent again need not wait for a worker.
  const known = idempotency && (await twice(() => keptAnswer(deps.sql, workspaceId, idempotency.key)))
  const made = { id: newId(), name, source, createdBy }
  const id = formatId('custom-template', made.id)
  if (known && idempotency) return await replay(call, idempotency, id)
  const { ok: _, ...valid } = await validateByWorker(call, source)
  await refuseInstalled(call, valid.templateId)
  const location = `/v1/custom-templates/${id}`
  const fresh = renderWithSource({ ...valid, ...made, version: 1, createdAt: deps.now(), updatedAt: null })
  const { createdAt: _at, ...answer } = fresh
  const kept = idempotency && { ...idempotency, answer, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const row = await twice(() => insertCustomTemplate(deps.sql, workspaceId, { ...valid, ...made }, more))
  if (row !== null && 'taken' in row) throw takenProblem(row)
  if (row === null && idempotency) return await replay(call, idempotency, id)
  const there = row ?? (await twice(() => getCustomTemplate(deps.sql, workspaceId, made.id)))
  if (there === null) throw problem('custom-template-not-found')
  const value = renderWithSource({ ...there, source })
  return await shownJson(deps.sha256, { status: 201, version: there.version, value, headers: { Location: location } })
}

/** A finding names its template by id, so no custom template has one of an installed template. */
export async function refuseInstalled({ deps }: Call, templateId: string): Promise<void> {
  if ((await twice(() => getTemplate(deps.sql, templateId))) !== null) throw takenProblem({ taken: 'templateId' })
}

/** The name, or the id inside the template, is another's. */
export const takenProblem = ({ taken }: Taken) =>
  taken === 'name'
    ? nameTaken('another custom template has this name')
    : nameTaken('another template has the id that stands in this one', '/source')
