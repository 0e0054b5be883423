import { parseId, problem } from '@assayer/schema'
import {
  changeProfile as writeChange,
  deleteProfile,
  getProfile,
  listProfiles as readProfiles,
  twice,
} from '@assayer/schema/store'
import type { ProfileRow } from '@assayer/schema/store'
import { mergeProfile, ProfilePatch } from '../profiles/change.ts'
import { makeProfile, taken } from '../profiles/make.ts'
import { auditOf } from '../request/act.ts'
import { canonical } from '../request/canonical.ts'
import { readJson, readPatch } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { mayChange, taggedJson, versionToDelete } from '../request/etag.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { renderProfile } from '../render/profile.ts'

const mostTries = 5

/** `POST /v1/profiles` */
export async function createProfile(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/profiles', body)
  return await firstAnswerCounts(call, idempotency, () => makeProfile(call, body, idempotency))
}

/** `GET /v1/profiles` */
export async function listProfiles({ deps, c, actor }: Call): Promise<Answer> {
  const { page } = readListQuery(c.req.url, 'profiles', {})
  const { limit, before } = page
  const rows = await readProfiles(deps.sql, actor.workspaceId, { limit: limit + 1, before })
  return json(
    200,
    pageOf('profiles', rows, limit, ({ id }) => id, renderProfile),
  )
}

/** `GET /v1/profiles/{id}` */
export async function showProfile(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const row = await read(call)
  return await taggedJson(call.c.req.header('If-None-Match'), row.version, renderProfile(row))
}

/** `PATCH /v1/profiles/{id}`: read and merged anew when it changed meanwhile, unless `If-Match` asked for what it was. */
export async function changeProfile(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  profileIdOf(c.req.param('id'))
  const patch = validate(ProfilePatch, await readPatch(c))
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await read(call)
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    const change = mergeProfile(row, patch)
    const { name, templates, limits } = row
    const same = canonical(change) === canonical({ name, templates, limits })
    const changed = same || (await writeChange(deps.sql, actor.workspaceId, row.id, row.version, change, auditOf(call)))
    if (changed === 'name-taken') throw taken()
    if (!changed) continue
    const now = await read(call)
    return await taggedJson(undefined, now.version, renderProfile(now))
  }
  throw problem('overloaded', {
    detail: 'The profile changes too fast: send it again',
    headers: { 'Retry-After': '1' },
  })
}

/** `DELETE /v1/profiles/{id}`: scans keep what they took from it. Not sent again when its reply is lost. */
export async function removeProfile(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = profileIdOf(c.req.param('id'))
  if (id === actor.workspaceId) throw problem('profile-is-default')
  const version = versionToDelete(c.req.header('If-Match'), (await read(call)).version)
  const gone = await deleteProfile(deps.sql, actor.workspaceId, id, auditOf(call), version)
  if (!gone) throw problem(version === null ? 'profile-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

async function read({ deps, c, actor }: Call): Promise<ProfileRow> {
  const id = profileIdOf(c.req.param('id'))
  const row = await twice(() => getProfile(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('profile-not-found')
  return row
}

function profileIdOf(given: string | undefined): string {
  const id = parseId('profile', given ?? '')
  if (id === null) throw problem('profile-not-found')
  return id
}
