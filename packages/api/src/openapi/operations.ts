import type { openRoutes, RouteName } from '../request/permissions.ts'
import { auditEvents } from './audit-events.ts'
import { customTemplates } from './custom-templates.ts'
import { findings } from './findings.ts'
import { keys } from './keys.ts'
import type { Operation } from './operation.ts'
import { profiles } from './profiles.ts'
import { scans } from './scans.ts'
import { scopeRules } from './scope-rules.ts'
import { system } from './system.ts'
import { targets } from './targets.ts'
import { templates } from './templates.ts'
import { triggers } from './triggers.ts'
import { webhooks } from './webhooks.ts'

export type OperationName = RouteName | (typeof openRoutes)[number]

/** The tags of the document, in its order, and the operations under each. */
export const tags = {
  Scans: scans,
  Findings: findings,
  Targets: targets,
  Profiles: profiles,
  'Scope rules': scopeRules,
  Templates: templates,
  'Custom templates': customTemplates,
  Webhooks: webhooks,
  Triggers: triggers,
  Keys: keys,
  Audit: auditEvents,
  System: system,
} satisfies Record<string, Record<string, Operation>>

/** Each route of the house: one that is not described fails the types. */
export const operations: Record<OperationName, Operation> = {
  ...scans,
  ...findings,
  ...targets,
  ...profiles,
  ...scopeRules,
  ...templates,
  ...customTemplates,
  ...webhooks,
  ...triggers,
  ...keys,
  ...auditEvents,
  ...system,
}
