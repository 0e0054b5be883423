import { createEndedScans } from '../render/ended-scans.ts'
import type { Handler } from '../request/call.ts'
import type { RouteName } from '../request/permissions.ts'
import { listAuditEvents, showAuditEvent } from './audit-events.ts'
import { changeScan } from './change-scan.ts'
import { cancelScan } from './cancel.ts'
import {
  changeTemplate,
  createCustomTemplate,
  listOwnTemplates,
  removeCustomTemplate,
  showCustomTemplate,
} from './custom-templates.ts'
import { createEventsHandler } from './events.ts'
import { createExportHandler } from './export-scan.ts'
import { createListAllFindings, createListFindingsOfScan, showFinding } from './findings.ts'
import { pauseScan, resumeScan } from './pause.ts'
import { deleteScan, deleteScans } from './delete-scans.ts'
import { changeProfile, createProfile, listProfiles, removeProfile, showProfile } from './profiles.ts'
import { rerunScan } from './rerun.ts'
import { createKey, listAllKeys, removeKey, rotate, showKey } from './keys.ts'
import { createSearches } from '../request/searches.ts'
import { createListScans, orderScan } from './scans.ts'
import { createScopeRule, listRules, removeScopeRule, showScopeRule } from './scope-rules.ts'
import { listShards } from './shards.ts'
import { createShowScan } from './show-scan.ts'
import { changeTarget, createTarget, listTargets, removeTarget, showTarget } from './targets.ts'
import { listTargetsOfScan } from './targets-of-scan.ts'
import { listTemplates, showTemplate } from './templates.ts'
import {
  changeTrigger,
  createTrigger,
  listTriggers,
  removeTrigger,
  rotateSecretOfTrigger,
  showTrigger,
} from './triggers.ts'
import { listDeliveries, retryDelivery, showDelivery } from './webhook-deliveries.ts'
import {
  changeEndpoint,
  createWebhookEndpoint,
  listEndpoints,
  removeWebhookEndpoint,
  replayEvents,
  rotateSecret,
  showWebhookEndpoint,
  testEndpoint,
} from './webhook-endpoints.ts'
import type { RequestDurations } from '../metrics/request-duration.ts'
import { createShowMetrics } from './metrics.ts'
import { showSystem } from './system.ts'

/** About 6,000 scans, 8 MB. */
const mostKept = 8_000_000

/** Of the ten connections of a process. */
const searchesAtOnce = { places: 4, line: 64, waitMs: 5000 }

/** Who answers each route of the permission table. */
export const createHandlers = (
  durations: RequestDurations,
  ended = createEndedScans(mostKept),
  searches = createSearches(searchesAtOnce),
): Record<RouteName, Handler> => ({
  'GET /metrics': createShowMetrics(durations),
  'GET /v1/system': showSystem,
  'POST /v1/scans': orderScan,
  'GET /v1/scans': createListScans(ended),
  'GET /v1/scans/:id': createShowScan(100, ended),
  'PATCH /v1/scans/:id': changeScan,
  'DELETE /v1/scans/:id': deleteScan,
  'POST /v1/scans/delete': deleteScans,
  'POST /v1/scans/:id/rerun': rerunScan,
  'POST /v1/scans/:id/cancel': cancelScan,
  'POST /v1/scans/:id/pause': pauseScan,
  'POST /v1/scans/:id/resume': resumeScan,
  'GET /v1/scans/:id/findings': createListFindingsOfScan(searches),
  'GET /v1/findings': createListAllFindings(searches),
  'GET /v1/findings/:id': showFinding,
  'GET /v1/scans/:id/targets': listTargetsOfScan,
  'GET /v1/scans/:id/shards': listShards,
  'GET /v1/scans/:id/events': createEventsHandler(500),
  'GET /v1/scans/:id/export': createExportHandler(20),
  'POST /v1/keys': createKey,
  'GET /v1/keys': listAllKeys,
  'GET /v1/keys/:id': showKey,
  'POST /v1/keys/:id/rotate': rotate,
  'DELETE /v1/keys/:id': removeKey,
  'GET /v1/templates': listTemplates,
  'GET /v1/templates/:id': showTemplate,
  'POST /v1/custom-templates': createCustomTemplate,
  'GET /v1/custom-templates': listOwnTemplates,
  'GET /v1/custom-templates/:id': showCustomTemplate,
  'PATCH /v1/custom-templates/:id': changeTemplate,
  'DELETE /v1/custom-templates/:id': removeCustomTemplate,
  'POST /v1/targets': createTarget,
  'GET /v1/targets': listTargets,
  'GET /v1/targets/:id': showTarget,
  'PATCH /v1/targets/:id': changeTarget,
  'DELETE /v1/targets/:id': removeTarget,
  'POST /v1/profiles': createProfile,
  'GET /v1/profiles': listProfiles,
  'GET /v1/profiles/:id': showProfile,
  'PATCH /v1/profiles/:id': changeProfile,
  'DELETE /v1/profiles/:id': removeProfile,
  'GET /v1/audit-events': listAuditEvents,
  'GET /v1/audit-events/:id': showAuditEvent,
  'POST /v1/webhook-endpoints': createWebhookEndpoint,
  'GET /v1/webhook-endpoints': listEndpoints,
  'GET /v1/webhook-endpoints/:id': showWebhookEndpoint,
  'PATCH /v1/webhook-endpoints/:id': changeEndpoint,
  'DELETE /v1/webhook-endpoints/:id': removeWebhookEndpoint,
  'POST /v1/webhook-endpoints/:id/rotate-secret': rotateSecret,
  'POST /v1/webhook-endpoints/:id/test': testEndpoint,
  'POST /v1/webhook-endpoints/:id/replay': replayEvents,
  'GET /v1/webhook-deliveries': listDeliveries,
  'GET /v1/webhook-deliveries/:id': showDelivery,
  'POST /v1/webhook-deliveries/:id/retry': retryDelivery,
  'POST /v1/triggers': createTrigger,
  'GET /v1/triggers': listTriggers,
  'GET /v1/triggers/:id': showTrigger,
  'PATCH /v1/triggers/:id': changeTrigger,
  'DELETE /v1/triggers/:id': removeTrigger,
  'POST /v1/triggers/:id/rotate-secret': rotateSecretOfTrigger,
  'POST /v1/scope-rules': createScopeRule,
  'GET /v1/scope-rules': listRules,
  'GET /v1/scope-rules/:id': showScopeRule,
  'DELETE /v1/scope-rules/:id': removeScopeRule,
})
