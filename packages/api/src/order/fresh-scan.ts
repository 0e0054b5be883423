import type { AcceptedScan } from '@assayer/schema/store'
import type { ScanToShow } from '@assayer/schema/render'

/** What the database will say of a scan right after it was accepted, but for the time of creation. */
export function freshScan(scan: AcceptedScan): ScanToShow {
  return {
    id: scan.scanId,
    workspaceId: scan.workspaceId,
    state: 'queued',
    reason: null,
    labels: scan.labels,
    priority: scan.priority,
    version: 1,
    createdAt: null,
    startedAt: null,
    finishedAt: null,
    pauseRequestedAt: null,
    cancelRequestedAt: null,
    profile: scan.profile,
    templates: scan.templates,
    limits: scan.limits,
    evidence: scan.evidence,
    shardSize: scan.shardSize,
    targetCount: scan.targets.length,
    templatesSelected: scan.templatesSelected,
    bundleDigest: scan.bundle.digest,
    nucleiVersion: scan.bundle.nucleiVersion,
    createdBy: scan.createdBy,
    rerunOf: scan.rerunOf,
    shards: {
      total: scan.shards.length,
      queued: scan.shards.length,
      running: 0,
      completed: 0,
      partial: 0,
      failed: 0,
      cancelled: 0,
      dead: 0,
    },
    percent: 0,
    requests: 0,
    errors: 0,
    templatesLoaded: null,
    findings: { total: 0, unconfirmed: 0, critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 },
    coverage: {
      asked: scan.targets.length,
      covered: 0,
      partial: 0,
      unreachable: 0,
      skipped: 0,
      pending: scan.targets.length,
    },
  }
}
