import { builtInSelection, defaultProfile, resolveLimits } from '@assayer/schema'
import type { Limits, LimitsInput, LimitsPatch, ScanOrder, TemplateSelection } from '@assayer/schema'
import type { OrderBasis } from '@assayer/schema/store'
import { invalidInput } from '../request/validate.ts'

export type Chosen = NonNullable<OrderBasis['profile']>

/** What an order takes that says everything itself. */
export const nothingChosen: Chosen = { templates: null, limits: {} }

/** The profile that an order names; refused when there is none of that name. */
export function chosenBy(name: string, found: Chosen | null): Chosen {
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
