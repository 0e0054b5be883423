import { builtInSelection, defaultProfile, resolveLimits } from '@assayer/schema'
import type { Limits, LimitsInput, LimitsPatch, ScanOrder, TemplateSelection } from '@assayer/schema'
import { profileNamed } from '@assayer/schema/store'
import type { ProfileRow, Sql } from '@assayer/schema/store'
import { invalidInput } from '../request/validate.ts'

export type Chosen = Pick<ProfileRow, 'templates' | 'limits'>

/** What an order takes that says everything itself. */
export const nothingChosen: Chosen = { templates: null, limits: {} }

/** The profile that an order names; refused when there is none of that name. */
export async function chooseProfile(sql: Sql, workspaceId: string, name: string): Promise<Chosen> {
  const found = await profileNamed(sql, workspaceId, name)
  if (found !== null) return found
  if (name === defaultProfile) return nothingChosen
  const message = 'there is no such profile'
  throw invalidInput([{ in: 'body', pointer: '/profile', code: 'unknown-profile', message }])
}

/** The order's templates in place of the profile's, and where they came from. */
export function selectionOf(order: ScanOrder, chosen: Chosen): { selection: TemplateSelection; pointer: string } {
  if (order.templates !== undefined) return { selection: order.templates, pointer: '/templates' }
  return { selection: chosen.templates ?? builtInSelection, pointer: '/profile' }
}

/** The limits in force; refused when they contradict each other. */
export function limitsOver(limits: LimitsInput, profile: LimitsInput = {}): Limits {
  const resolved = resolveLimits(limits, profile)
  if (resolved.ok) return resolved.limits
  const { message } = resolved
  throw invalidInput([{ in: 'body', pointer: '/limits/hardLimitSeconds', code: 'too-close', message }])
}

/** Limits that are set: null is the default of each that may be null. */
export const withoutNulls = (limits: LimitsPatch): LimitsInput =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== undefined))
