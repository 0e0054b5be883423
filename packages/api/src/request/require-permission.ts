import { problem } from '@assayer/schema'
import type { Actor } from './call.ts'
import type { Permission } from './permissions.ts'

/** Refuses a key that lacks a permission, and names it. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.may(permission)) throw problem('permission-missing', { detail: `The key needs ${permission}` })
}
