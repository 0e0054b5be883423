import type { ScopeRule } from '@assayer/schema'
import type { WorkerConfig } from './config.ts'

/** The scope rules of the operator, which hold in every workspace. */
export const operatorRules = (config: WorkerConfig): ScopeRule[] => [
  ...config.SCOPE_ALLOW.map((pattern): ScopeRule => ({
    effect: 'allow',
    pattern,
    origin: 'operator',
    expiresAt: null,
  })),
  ...config.SCOPE_DENY.map((pattern): ScopeRule => ({ effect: 'deny', pattern, origin: 'operator', expiresAt: null })),
]
