import {
  answerAct,
  acceptScan,
  acceptScans,
  cancelWaitingShards,
  changeScan,
  countByTemplate,
  deleteScans,
  deleteScopeRule,
  exportFindings,
  findingsAfter,
  finishShard,
  getFinding,
  getKey,
  getScan,
  getScans,
  getScopeRule,
  hasNumberedFinding,
  holdWaitingShards,
  insertKey,
  insertScopeRule,
  keptAnswer,
  lastSequence,
  listCoverage,
  listFindings,
  listKeys,
  listScanFindings,
  listScanShards,
  listScanTargets,
  listScans,
  listScopeRules,
  liveScopeRules,
  noteEvidenceExport,
  lookAtEvidence,
  orderedTargets,
  queueHeldShards,
  readEvidence,
  requestCancel,
  requestPause,
  requestResume,
  revokeKey,
  scanHead,
  scanState,
  settleScan,
  spreadPriority,
  touchKey,
} from '../../src/store/index.ts'
import type { Sql } from '../../src/store/index.ts'
import { claim } from '../store-fixture.ts'
import { endOf, testOrder } from '../testing.ts'
import type { apart, StoreFunction } from './apart.ts'
import { actor, audit, more, newKey, newRule } from './home.ts'
import type { Home } from './home.ts'
import { reachedAudit } from './reached-audit.ts'
import { reachedCustom } from './reached-custom.ts'
import { reachedProfiles } from './reached-profiles.ts'
import { reachedTargets } from './reached-targets.ts'
import { reachedTriggers } from './reached-triggers.ts'
import { reachedWebhooks } from './reached-webhooks.ts'

/** Asks for what `home` has, in the name of that workspace. */
type Ask = (sql: Sql, workspaceId: string, home: Home) => Promise<unknown>
export type Reach = {
  ask: Ask
  /** Brings `home` where `ask` does something. */
  before?(sql: Sql, home: Home): Promise<unknown>
  /** What a foreign workspace gets where that is not null, undefined, false or an empty list. */
  foreign?(home: Home): unknown
  /** It makes something of its own in whatever workspace asks. */
  makes?: true
}

const shardFilter = { states: [], after: null, limit: 50 }
const targetFilter = { coverages: [], after: null, limit: 50 }
const page = { limit: 50, before: null }
const labels = { team: 'web' }

/**
 * How each store function that a request reaches is asked for what is another workspace's. A new function of the store goes
 * here, or into `apart` with the reason why it takes no workspace.
 */
export const reached: Record<Exclude<StoreFunction, keyof typeof apart>, Reach> = {
  acceptScan: {
    makes: true,
    ask: (sql, workspaceId, { scanId, kept }) =>
      acceptScan(sql, workspaceId, testOrder(workspaceId, 1, { scanId, idempotency: { ...kept, key: 'new' } })),
    before: (sql, { scanId }) => sql`delete from scans where id = ${scanId}`,
  },
  acceptScans: {
    makes: true,
    ask: (sql, workspaceId, { scanId, kept, triggerId }) =>
      acceptScans(sql, workspaceId, [
        testOrder(workspaceId, 1, { scanId, idempotency: { ...kept, key: 'new' } }),
        testOrder(workspaceId, 1, { delivery: { triggerId, deliveryId: 'new' } }),
      ]),
    before: (sql, { scanId }) => sql`delete from scans where id = ${scanId}`,
  },
  requestCancel: { ask: (sql, workspaceId, { scanId }) => requestCancel(sql, workspaceId, scanId, audit()) },
  cancelWaitingShards: {
    before: (sql, { workspaceId, scanId }) => requestCancel(sql, workspaceId, scanId, audit()),
    ask: (sql, workspaceId, { scanId }) => cancelWaitingShards(sql, workspaceId, scanId),
  },
  requestPause: { ask: (sql, workspaceId, { scanId }) => requestPause(sql, workspaceId, scanId, audit()) },
  holdWaitingShards: {
    before: (sql, { workspaceId, scanId }) => requestPause(sql, workspaceId, scanId, audit()),
    ask: (sql, workspaceId, { scanId }) => holdWaitingShards(sql, workspaceId, scanId),
  },
  requestResume: {
    before: (sql, { workspaceId, scanId }) => requestPause(sql, workspaceId, scanId, audit()),
    ask: (sql, workspaceId, { scanId }) => requestResume(sql, workspaceId, scanId, audit()),
  },
  queueHeldShards: {
    async before(sql, { workspaceId, scanId }) {
      await requestPause(sql, workspaceId, scanId, audit())
      await holdWaitingShards(sql, workspaceId, scanId)
      await requestResume(sql, workspaceId, scanId, audit())
    },
    ask: (sql, workspaceId, { scanId }) => queueHeldShards(sql, workspaceId, scanId),
  },
  changeScan: {
    ask: async (sql, workspaceId, { scanId }) => {
      const [scan] = await sql<{ version: number }[]>`select version from scans where id = ${scanId}`
      return await changeScan(sql, workspaceId, scanId, scan?.version ?? 0, { labels, priority: 9 }, audit())
    },
  },
  spreadPriority: {
    before: (sql, { scanId }) => sql`update scans set priority = 9 where id = ${scanId}`,
    ask: (sql, workspaceId, { scanId }) => spreadPriority(sql, workspaceId, scanId),
  },
  deleteScans: {
    ask: (sql, workspaceId, { endedId }) =>
      deleteScans(sql, workspaceId, [{ id: endedId, auditId: audit().id }], { actor, requestId: null }),
    foreign: ({ endedId }) => [{ id: endedId, outcome: 'scan-not-found', fresh: false }],
  },
  settleScan: {
    async before(sql, { attempt }) {
      await finishShard(sql, attempt, endOf([0]))
      await finishShard(sql, await claim(sql), endOf([1]))
    },
    ask: (sql, workspaceId, { scanId }) => settleScan(sql, workspaceId, scanId),
  },
  getScan: { ask: (sql, workspaceId, { scanId }) => getScan(sql, workspaceId, scanId) },
  getScans: { ask: (sql, workspaceId, { scanId }) => getScans(sql, workspaceId, [scanId]) },
  listScans: { ask: (sql, workspaceId) => listScans(sql, workspaceId, { states: [], ...page }) },
  scanHead: { ask: (sql, workspaceId, { scanId }) => scanHead(sql, workspaceId, scanId) },
  scanState: { ask: (sql, workspaceId, { scanId }) => scanState(sql, workspaceId, scanId) },
  listScanShards: { ask: (sql, workspaceId, { scanId }) => listScanShards(sql, workspaceId, scanId, shardFilter) },
  listScanTargets: { ask: (sql, workspaceId, { scanId }) => listScanTargets(sql, workspaceId, scanId, targetFilter) },
  listCoverage: { ask: (sql, workspaceId, { scanId }) => listCoverage(sql, workspaceId, scanId, targetFilter) },
  orderedTargets: { ask: (sql, workspaceId, { scanId }) => orderedTargets(sql, workspaceId, scanId, false) },
  listFindings: { ask: (sql, workspaceId) => listFindings(sql, workspaceId, { severities: [], ...page }) },
  listScanFindings: {
    ask: (sql, workspaceId, { scanId }) => listScanFindings(sql, workspaceId, scanId, { severities: [], ...page }),
  },
  findingsAfter: { ask: (sql, workspaceId, { scanId }) => findingsAfter(sql, workspaceId, scanId, '0', 50) },
  lastSequence: { ask: (sql, workspaceId, { scanId }) => lastSequence(sql, workspaceId, scanId) },
  hasNumberedFinding: { ask: (sql, workspaceId, { scanId }) => hasNumberedFinding(sql, workspaceId, scanId, '1') },
  getFinding: { ask: (sql, workspaceId, { findingId }) => getFinding(sql, workspaceId, findingId) },
  lookAtEvidence: { ask: (sql, workspaceId, { findingId }) => lookAtEvidence(sql, workspaceId, findingId) },
  readEvidence: { ask: (sql, workspaceId, { findingId }) => readEvidence(sql, workspaceId, findingId, audit()) },
  exportFindings: {
    ask: (sql, workspaceId, { scanId }) =>
      exportFindings(sql, workspaceId, scanId, { severity: 'high', after: null, evidence: true }),
  },
  countByTemplate: { ask: (sql, workspaceId, { scanId }) => countByTemplate(sql, workspaceId, scanId) },
  noteEvidenceExport: {
    ask: (sql, workspaceId, { scanId }) =>
      noteEvidenceExport(sql, workspaceId, scanId, { ...audit(), format: 'jsonl' }),
  },
  insertKey: {
    ask: (sql, workspaceId, { keyId }) => insertKey(sql, workspaceId, newKey({ id: keyId, overlapSeconds: 0 }), more()),
  },
  touchKey: { ask: (sql, workspaceId, { keyId }) => touchKey(sql, workspaceId, keyId) },
  getKey: { ask: (sql, workspaceId, { keyId }) => getKey(sql, workspaceId, keyId) },
  listKeys: { ask: (sql, workspaceId) => listKeys(sql, workspaceId, page) },
  revokeKey: { ask: (sql, workspaceId, { keyId }) => revokeKey(sql, workspaceId, keyId, audit()) },
  insertScopeRule: {
    makes: true,
    ask: (sql, workspaceId, { ruleId }) => insertScopeRule(sql, workspaceId, { ...newRule(), id: ruleId }, more()),
    before: (sql, { ruleId }) => sql`delete from scope_rules where id = ${ruleId}`,
  },
  getScopeRule: { ask: (sql, workspaceId, { ruleId }) => getScopeRule(sql, workspaceId, ruleId) },
  listScopeRules: { ask: (sql, workspaceId) => listScopeRules(sql, workspaceId, page) },
  liveScopeRules: { ask: (sql, workspaceId) => liveScopeRules(sql, workspaceId) },
  ...reachedAudit,
  ...reachedProfiles,
  ...reachedTargets,
  deleteScopeRule: { ask: (sql, workspaceId, { ruleId }) => deleteScopeRule(sql, workspaceId, ruleId, audit()) },
  ...reachedWebhooks,
  ...reachedTriggers,
  answerAct: {
    before: (sql) => sql`update idempotency_keys set answer = null`,
    ask: (sql, workspaceId, { kept }) => answerAct(sql, workspaceId, kept, 202, {}),
  },
  keptAnswer: { ask: (sql, workspaceId, { kept }) => keptAnswer(sql, workspaceId, kept.key) },
  ...reachedCustom,
}
