import { parseId, problem, readApiKey } from '@assayer/schema'
import { findKey, touchKey, twice } from '@assayer/schema/store'
import type { StoredKey } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import type { Actor } from './call.ts'
import { presets } from './permissions.ts'
import type { Permission } from './permissions.ts'

/** Looks up a live key by its id. */
export type FindKey = (id: string) => Promise<StoredKey | null>

const challenge = { 'WWW-Authenticate': 'Bearer' }
const noHash = new Uint8Array(32)
const adminPermissions: ReadonlySet<string> = new Set(presets.admin)

/**
 * Who presents this `Authorization` header. No key is `key-missing`; a key that is malformed, unknown, expired or revoked is
 * `key-invalid`, not told apart. Costs one statement at most, which
 * requests that come together share, a second one once a minute, none for the bootstrap key.
 */
export async function authenticate(
  deps: Deps,
  header: string | undefined,
  find: FindKey = (id) => twice(() => findKey(deps.sql, id)),
): Promise<Actor> {
  const token = /^bearer +([!-~]+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) throw problem('key-missing', { headers: challenge })
  const presented = await readApiKey(token, deps.sha256)
  const id = presented && parseId('key', presented.idText)
  if (presented === null || id === null) throw invalidKey()
  const { bootstrapKey } = deps
  if (bootstrapKey?.id === id) {
    if (!sameBytes(bootstrapKey.secretHash, presented.secretHash)) throw invalidKey()
    return {
      workspaceId: await deps.defaultWorkspace(),
      createdBy: { kind: 'key', id },
      may: (permission) => adminPermissions.has(permission),
      stillValid: async () => true,
    }
  }
  const stored = await find(id)
  // An unknown id costs the same comparison as a known one.
  const same = sameBytes(stored?.secretHash ?? noHash, presented.secretHash)
  if (stored === null || !same) throw invalidKey()
  if (stored.stale) await noteUse(deps, stored)
  return actorOf(stored, find)
}

/** Once a minute; a key works all the same when that cannot be written. */
async function noteUse({ sql, log }: Deps, { workspaceId, id }: StoredKey): Promise<void> {
  try {
    await touchKey(sql, workspaceId, id)
  } catch (err) {
    log.warn({ err, keyId: id }, 'use of a key was not written down')
  }
}

function actorOf(key: StoredKey, find: FindKey): Actor {
  const permissions: ReadonlySet<string> = new Set(key.permissions)
  return {
    workspaceId: key.workspaceId,
    createdBy: { kind: 'key', id: key.id },
    may: (permission: Permission) => permissions.has(permission),
    stillValid: async () => (await find(key.id)) !== null,
  }
}

/** The refusal of a key that does not count, whatever the reason. */
export const invalidKey = () => problem('key-invalid', { headers: challenge })

/** Compares in a time that does not tell where two digests differ. */
function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0)
  return difference === 0
}
