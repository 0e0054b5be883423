import { formatId, isTerminal } from '../index.ts'
import type { CreatedBy } from '../index.ts'
import type { ScanRow } from '../store/index.ts'

/** A scan that may not be stored yet: then it has no time of creation. */
export type ScanToShow = Omit<ScanRow, 'createdAt'> & { createdAt: Date | null }

/** The scan as answers show it. */
export function renderScan(row: ScanToShow, now: Date) {
  return {
    id: formatId('scan', row.id),
    workspaceId: formatId('workspace', row.workspaceId),
    state: row.state,
    reason: row.reason,
    labels: row.labels,
    targetCount: row.targetCount,
    profile: row.profile,
    templates: row.templates,
    limits: row.limits,
    evidence: row.evidence,
    priority: row.priority,
    shardSize: row.shardSize,
    templatesSelected: row.templatesSelected,
    templatesLoaded: row.templatesLoaded,
    rerunOf: row.rerunOf === null ? null : formatId('scan', row.rerunOf),
    progress: {
      percent: Math.round(row.percent * 10) / 10,
      shards: row.shards,
      requests: row.requests,
      errors: row.errors,
      etaSeconds: etaSeconds(row, now),
    },
    coverage: row.coverage,
    findings: row.findings,
    engine: { nuclei: row.nucleiVersion, templates: row.bundleDigest },
    createdBy: renderCreatedBy(row.createdBy),
    createdAt: timeOf(row.createdAt),
    startedAt: timeOf(row.startedAt),
    finishedAt: timeOf(row.finishedAt),
    pauseRequestedAt: timeOf(row.pauseRequestedAt),
    cancelRequestedAt: timeOf(row.cancelRequestedAt),
  }
}

/** Who ordered it, with the id outside programs know. */
export const renderCreatedBy = ({ kind, id }: CreatedBy): CreatedBy => ({ kind, id: formatId(kind, id) })

/** RFC 3339 in UTC with milliseconds. */
export const timeOf = (time: Date | null): string | null => time?.toISOString() ?? null

/** What is left at the pace so far; null while there is no pace to speak of. */
function etaSeconds({ state, startedAt, percent }: ScanToShow, now: Date): number | null {
  if (isTerminal(state)) return 0
  if (state !== 'running' || startedAt === null || percent < 1) return null
  const elapsed = Math.max(0, now.getTime() - startedAt.getTime()) / 1000
  return Math.ceil((elapsed / percent) * (100 - percent))
}
