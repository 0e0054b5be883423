import { formatId, makeApiKey, Name, newId, parseId, problem, readApiKey } from '@assayer/schema'
import { getKey, insertKey, twice } from '@assayer/schema/store'
import type { NewKey } from '@assayer/schema/store'
import * as v from 'valibot'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { presets } from '../request/permissions.ts'
import { requirePermission } from '../request/require-permission.ts'
import { endOf, ExpiresAt } from '../request/time.ts'
import { validate } from '../request/validate.ts'
import { renderKey } from '../render/key.ts'

const Preset = v.picklist(['reader', 'operator', 'admin'])
const Permissions = v.pipe(v.array(v.picklist(presets.admin)), v.minLength(1, 'needs a permission'), v.maxLength(50))
const common = { name: Name, expiresAt: ExpiresAt }

/** The body of `POST /v1/keys` as it is read: one object, so that each mistake in it has its own place. */
const NewKeyRead = v.pipe(
  v.strictObject({ ...common, preset: v.optional(Preset), permissions: v.optional(Permissions) }),
  v.check(
    ({ preset, permissions }) => (preset === undefined) !== (permissions === undefined),
    'needs preset or permissions',
  ),
)

/** The same as it is described: two objects, as JSON Schema can say so that it takes one of `preset` and `permissions`. */
export const NewKeyInput = v.pipe(
  v.union([
    v.pipe(v.strictObject({ ...common, preset: Preset }), v.title('NewKeyWithPreset')),
    v.pipe(v.strictObject({ ...common, permissions: Permissions }), v.title('NewKeyWithPermissions')),
  ]),
  v.title('NewKey'),
)

/** The body of `POST /v1/keys/{id}/rotate`. */
export const RotateInput = v.pipe(
  v.strictObject({
    overlapSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_592_000)), 86_400),
  }),
  v.title('KeyRotation'),
)

type Made = Pick<NewKey, 'name' | 'permissions' | 'expiresAt' | 'replaces'>

/** Makes a key that may do no more than the one that asks for it. */
export async function makeKey(call: Call, body: unknown, idempotency: Idempotency | null): Promise<Answer> {
  const { name, preset, permissions, expiresAt } = validate(NewKeyRead, body)
  const may = permissions ?? presets[preset ?? 'reader']
  for (const permission of may) requirePermission(call.actor, permission)
  const made = {
    name,
    permissions: [...new Set<string>(may)],
    expiresAt: endOf(expiresAt, call.deps.now()),
    replaces: null,
  }
  return await storeKey(call, made, idempotency)
}

/**
 * Makes the successor of a key, of the same name and permissions, and for as long as the old one was made for; the old one
 * expires after the overlap, unless it would before. One that has expired has no successor.
 */
export async function rotateKey(
  call: Call,
  id: string,
  body: unknown,
  idempotency: Idempotency | null,
): Promise<Answer> {
  const { overlapSeconds } = validate(RotateInput, body)
  const { deps, actor } = call
  const old = await twice(() => getKey(deps.sql, actor.workspaceId, id))
  if (old === null) throw problem('key-not-found')
  if (old.expiresAt !== null && old.expiresAt <= deps.now()) throw expired()
  const held = presets.admin.filter((permission) => old.permissions.includes(permission))
  for (const permission of held) requirePermission(actor, permission)
  const { name, permissions } = old
  const lifeMs = old.madeUntil === null ? null : old.madeUntil.getTime() - old.createdAt.getTime()
  const expiresAt = lifeMs === null ? null : new Date(deps.now().getTime() + lifeMs)
  return await storeKey(call, { name, permissions, expiresAt, replaces: { id, overlapSeconds } }, idempotency)
}

const expired = () => problem('key-not-found', { detail: 'The key has expired: make a new one' })

async function storeKey(call: Call, key: Made, idempotency: Idempotency | null): Promise<Answer> {
  const { deps, actor, requestId } = call
  const secret = await makeApiKey(formatId('key', newId()).slice(4))
  const read = await readApiKey(secret)
  const id = read && parseId('key', read.idText)
  if (read === null || id === null) throw new Error('a key just made cannot be read')
  const row = { ...key, id, createdBy: actor.createdBy, secretHash: read.secretHash }
  const location = `/v1/keys/${read.idText}`
  const { createdAt: _, ...shown } = renderKey({ ...row, createdAt: deps.now(), lastUsedAt: null })
  const kept = idempotency && { ...idempotency, answer: { ...shown, secret: null }, location }
  const more = { auditId: newId(), requestId, client: clientOf(call.c), idempotency: kept }
  const made = await twice(() => insertKey(deps.sql, actor.workspaceId, row, more))
  // Nothing was made, or the first of two statements made it and its reply was lost.
  const there = made ?? (await twice(() => getKey(deps.sql, actor.workspaceId, id)))
  const headers = { Location: location, 'Cache-Control': 'no-store' }
  if (there) {
    const shown = { status: 201, version: 1, value: renderKey(there), once: { secret }, headers }
    return await shownJson(deps.sha256, shown)
  }
  if (idempotency) return await replay(call, idempotency, read.idText)
  throw problem('key-not-found')
}
