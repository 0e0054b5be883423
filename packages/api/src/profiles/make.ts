import { formatId, LimitsInput, Name, newId, TemplateSelection } from '@assayer/schema'
import { getProfile, insertProfile, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { nameTaken } from '../request/name-taken.ts'
import { validate } from '../request/validate.ts'
import { renderProfile } from '../render/profile.ts'
import { limitsOver, withoutNulls } from './resolve.ts'

/** The name is another profile's. */
export const taken = () => nameTaken('another profile has this name')

/** The body of `POST /v1/profiles`. */
export const ProfileInput = v.pipe(
  v.strictObject({
    name: Name,
    templates: v.optional(v.nullable(TemplateSelection), null),
    limits: v.optional(LimitsInput, {}),
  }),
  v.title('NewProfile'),
)

/** Makes a profile of a workspace. Whether its selection matches anything is judged when it is ordered. */
export async function makeProfile(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const input = validate(ProfileInput, body)
  const limits = withoutNulls(input.limits)
  limitsOver(limits)
  const profile = { ...input, limits, id: newId(), createdBy: actor.createdBy }
  const id = formatId('profile', profile.id)
  const location = `/v1/profiles/${id}`
  const { createdAt: _, ...answer } = renderProfile({ ...profile, version: 1, createdAt: deps.now() })
  const kept = idempotency && { ...idempotency, answer, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertProfile(deps.sql, actor.workspaceId, profile, more))
  if (made === 'name-taken') throw taken()
  if (made === null && idempotency) return await replay(call, idempotency, id)
  const row = made ?? (await twice(() => getProfile(deps.sql, actor.workspaceId, profile.id)))
  if (row === null) throw new Error('a profile just made is not there')
  const shown = { status: 201, version: row.version, value: renderProfile(row), headers: { Location: location } }
  return await shownJson(deps.sha256, shown)
}
