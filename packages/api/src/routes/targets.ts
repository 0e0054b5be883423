import { Name, parseId, problem } from '@assayer/schema'
import {
  changeTarget as writeChange,
  deleteTarget,
  getTarget,
  listTargets as readTargets,
  twice,
} from '@assayer/schema/store'
import type { TargetRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { auditOf } from '../request/act.ts'
import { readJson, readPatch } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { mayChange, taggedJson, versionToDelete } from '../request/etag.ts'
import { label, labelsOf, text } from '../request/filters.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { LabelsPatch, mergeLabels, sameLabels } from '../request/merge-labels.ts'
import { readListQuery, refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { renderTarget } from '../render/target.ts'
import { Address, canonicalOf, makeTarget } from '../targets/make.ts'

/** What a list of targets can be narrowed by. */
export const targetFilters = { label, q: text(10) }

/** The body of `PATCH /v1/targets/{id}`. */
export const TargetPatch = v.pipe(
  v.strictObject({ name: v.optional(Name), address: v.optional(Address), labels: LabelsPatch }),
  v.title('TargetPatch'),
)
type TargetPatch = v.InferOutput<typeof TargetPatch>

const mostTries = 5

/** `POST /v1/targets` */
export async function createTarget(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const body = await readJson(call.c)
  const idempotency = await readIdempotency(call, 'POST /v1/targets', body)
  return await firstAnswerCounts(call, idempotency, () => makeTarget(call, body, idempotency))
}

/** `GET /v1/targets` */
export async function listTargets({ deps, c, actor }: Call): Promise<Answer> {
  const { page, filters } = readListQuery(c.req.url, 'targets', targetFilters)
  const { limit, before } = page
  const labels = labelsOf(filters.label)
  const filter = { texts: filters.q, before, limit: limit + 1 }
  const rows = labels === null ? [] : await readTargets(deps.sql, actor.workspaceId, { ...filter, labels })
  return json(
    200,
    pageOf('targets', rows, limit, ({ id }) => id, renderTarget),
  )
}

/** `GET /v1/targets/{id}` */
export async function showTarget(call: Call): Promise<Answer> {
  refuseQuery(call.c.req.url)
  const row = await read(call)
  return await taggedJson(call.c.req.header('If-None-Match'), row.version, renderTarget(row))
}

/** `PATCH /v1/targets/{id}`: read and merged anew when it changed meanwhile, unless `If-Match` asked for what it was. */
export async function changeTarget(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  targetIdOf(c.req.param('id'))
  const patch = validate(TargetPatch, await readPatch(c))
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await read(call)
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    const change = merged(row, patch)
    const changed =
      change === null || (await writeChange(deps.sql, actor.workspaceId, row.id, row.version, change, auditOf(call)))
    if (!changed) continue
    const now = await read(call)
    return await taggedJson(undefined, now.version, renderTarget(now))
  }
  throw problem('overloaded', { detail: 'The target changes too fast: send it again', headers: { 'Retry-After': '1' } })
}

/** `DELETE /v1/targets/{id}`: scans keep what they took from it. Not sent again when its reply is lost. */
export async function removeTarget(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  refuseQuery(c.req.url)
  const id = targetIdOf(c.req.param('id'))
  const version = versionToDelete(c.req.header('If-Match'), (await read(call)).version)
  const gone = await deleteTarget(deps.sql, actor.workspaceId, id, auditOf(call), version)
  if (!gone) throw problem(version === null ? 'target-not-found' : 'version-mismatch')
  return { status: 204, body: null, headers: {} }
}

function merged(row: TargetRow, patch: TargetPatch): Pick<TargetRow, 'name' | 'address' | 'labels'> | null {
  const name = patch.name ?? row.name
  const address = patch.address === undefined ? row.address : canonicalOf(patch.address)
  const labels = mergeLabels(row.labels, patch.labels)
  const same = name === row.name && address === row.address && sameLabels(labels, row.labels)
  return same ? null : { name, address, labels }
}

async function read({ deps, c, actor }: Call): Promise<TargetRow> {
  const id = targetIdOf(c.req.param('id'))
  const row = await twice(() => getTarget(deps.sql, actor.workspaceId, id))
  if (row === null) throw problem('target-not-found')
  return row
}

function targetIdOf(given: string | undefined): string {
  const id = parseId('target', given ?? '')
  if (id === null) throw problem('target-not-found')
  return id
}
