import type { Handler } from '../request/call.ts'
import type { RouteName } from '../request/permissions.ts'
import { cancelScan } from './cancel.ts'
import { createEventsHandler } from './events.ts'
import { listFindings } from './findings.ts'
import { listAllScans, orderScan, showScan } from './scans.ts'
import { createScopeRule, listRules, removeScopeRule, showScopeRule } from './scope-rules.ts'
import { listTargets } from './targets.ts'

/** Who answers each route of the permission table. */
export const createHandlers = (): Record<RouteName, Handler> => ({
  'POST /v1/scans': orderScan,
  'GET /v1/scans': listAllScans,
  'GET /v1/scans/:id': showScan,
  'POST /v1/scans/:id/cancel': cancelScan,
  'GET /v1/scans/:id/findings': listFindings,
  'GET /v1/scans/:id/targets': listTargets,
  'GET /v1/scans/:id/events': createEventsHandler(500),
  'POST /v1/scope-rules': createScopeRule,
  'GET /v1/scope-rules': listRules,
  'GET /v1/scope-rules/:id': showScopeRule,
  'DELETE /v1/scope-rules/:id': removeScopeRule,
})
