import { formatId } from '@assayer/schema'
import type { ScopeRuleRow } from '@assayer/schema/store'
import { CreatedByShown, idOf, named, openWord, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import * as v from 'valibot'

/** A workspace's scope rule. */
export const ScopeRuleShown = named(
  'ScopeRule',
  v.object({
    id: idOf('scope-rule'),
    effect: openWord('allow', 'deny'),
    pattern: v.string(),
    note: v.string(),
    createdBy: CreatedByShown,
    createdAt: Time,
    expiresAt: v.nullable(Time),
  }),
)
export type ScopeRuleShown = v.InferOutput<typeof ScopeRuleShown>

/** A workspace's scope rule as answers show it. */
export const renderScopeRule = (row: ScopeRuleRow): ScopeRuleShown => ({
  id: formatId('scope-rule', row.id),
  effect: row.effect,
  pattern: row.pattern,
  note: row.note,
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
  expiresAt: timeOf(row.expiresAt),
})
