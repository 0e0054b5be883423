import { formatId } from '@assayer/schema'
import type { ScopeRuleRow } from '@assayer/schema/store'
import { renderCreatedBy, timeOf } from '@assayer/schema/render'

/** A rule that may not be stored yet: then it has no time of creation. */
export type RuleToShow = Omit<ScopeRuleRow, 'createdAt'> & { createdAt: Date | null }

/** A workspace's scope rule. */
export const renderScopeRule = (row: RuleToShow) => ({
  id: formatId('scope-rule', row.id),
  effect: row.effect,
  pattern: row.pattern,
  note: row.note,
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
  expiresAt: timeOf(row.expiresAt),
})
