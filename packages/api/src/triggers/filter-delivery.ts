import { forgeEvents } from '@assayer/schema'
import type { TriggerFilters, TriggerKind } from '@assayer/schema'
import type { Facts } from './read-payload.ts'

type Wanted = { kind: TriggerKind; events: readonly string[]; filters: TriggerFilters }

/** Whether a trigger wants a delivery: one of its events, and of each list that it has one value. */
export function wants({ kind, events, filters }: Wanted, { event, branch, environment, state, gone }: Facts): boolean {
  const known: readonly string[] = kind === 'github' || kind === 'gitlab' ? forgeEvents[kind] : []
  const all = events.length > 0 ? events : known
  if (gone || (all.length > 0 && !all.includes(event))) return false
  return (
    isOneOf(filters.branches, branch) && isOneOf(filters.environments, environment) && isOneOf(filters.states, state)
  )
}

const isOneOf = (patterns: readonly string[], value: string | undefined): boolean =>
  patterns.length === 0 || (value !== undefined && patterns.some((pattern) => fits(pattern, value.slice(0, 1000))))

/** `*` stands for any text. Each part is looked for after the one before, so that no pattern takes long. */
function fits(pattern: string, value: string): boolean {
  const parts = pattern.split('*')
  const [head = '', ...rest] = parts
  const tail = rest.pop()
  if (tail === undefined) return value === pattern
  if (!value.startsWith(head) || !value.endsWith(tail) || value.length < head.length + tail.length) return false
  let at = head.length
  for (const part of rest) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= value.length - tail.length
}
