import { coverages, formatId, isTerminal, Limits, ScanState, Severity, severities } from '../index.ts'
import type { CreatedBy, TemplateSelection } from '../index.ts'
import type { ScanRow } from '../store/index.ts'
import * as v from 'valibot'
import { Count, CreatedByShown, idOf, named, openWord, ReasonShown, Time } from './fields.ts'

const counts = <const Name extends string>(...names: readonly Name[]) =>
  v.object(Object.fromEntries(names.map((name) => [name, Count])) as Record<Name, typeof Count>)

/** The templates a scan was ordered with, as resolved. */
export const SelectionShown = named(
  'TemplateSelection',
  v.object({
    ids: v.array(v.string()),
    tags: v.array(v.string()),
    severities: v.array(Severity),
    protocols: v.array(openWord('http', 'ssl', 'dns', 'tcp', 'javascript')),
    excludeIds: v.array(v.string()),
    excludeTags: v.array(v.string()),
    custom: v.array(idOf('custom-template')),
  }),
)

/** The limits in force. */
const LimitsShown = named('Limits', Limits)

/** The scan as answers show it. */
export const Scan = named(
  'Scan',
  v.object({
    id: idOf('scan'),
    workspaceId: idOf('workspace'),
    state: ScanState,
    reason: v.nullable(ReasonShown),
    labels: v.record(v.string(), v.string()),
    targetCount: Count,
    profile: v.string(),
    templates: SelectionShown,
    limits: LimitsShown,
    evidence: openWord('none', 'redacted', 'full'),
    priority: Count,
    shardSize: Count,
    templatesSelected: Count,
    templatesLoaded: v.nullable(Count),
    rerunOf: v.nullable(idOf('scan')),
    progress: v.object({
      percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
      shards: counts('total', 'queued', 'running', 'completed', 'partial', 'failed', 'cancelled', 'dead'),
      requests: Count,
      errors: Count,
      etaSeconds: v.nullable(Count),
    }),
    coverage: counts('asked', ...coverages),
    findings: counts('total', 'unconfirmed', ...severities),
    engine: v.object({ nuclei: v.string(), templates: v.string() }),
    createdBy: CreatedByShown,
    createdAt: Time,
    startedAt: v.nullable(Time),
    finishedAt: v.nullable(Time),
    pauseRequestedAt: v.nullable(Time),
    cancelRequestedAt: v.nullable(Time),
  }),
)
export type Scan = v.InferOutput<typeof Scan>

const limitNames = Object.keys(Limits.entries) as (keyof Limits)[]
const coverageNames = ['asked', ...coverages] as const

/** The same members in this order: PostgreSQL keeps those of `jsonb` in one of its own, and a tag is of the very text. */
const inOrder = <Members extends object>(names: readonly (keyof Members)[], members: Members): Members =>
  Object.fromEntries(names.map((name) => [name, members[name]])) as Members

const sorted = (labels: Record<string, string>) => inOrder(Object.keys(labels).toSorted(), labels)

/** A selection as answers show it. */
export const renderSelection = (selection: TemplateSelection): v.InferOutput<typeof SelectionShown> => ({
  ids: selection.ids,
  tags: selection.tags,
  severities: selection.severities,
  protocols: selection.protocols,
  excludeIds: selection.excludeIds,
  excludeTags: selection.excludeTags,
  custom: selection.custom ?? [],
})

/** The scan as answers show it, its members always in one order; `now` is what its pace is measured by. */
export function renderScan(row: ScanRow, now: Date): Scan {
  return {
    id: formatId('scan', row.id),
    workspaceId: formatId('workspace', row.workspaceId),
    state: row.state,
    reason: row.reason,
    labels: sorted(row.labels),
    targetCount: row.targetCount,
    profile: row.profile,
    templates: renderSelection(row.templates),
    limits: inOrder(limitNames, row.limits),
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
    coverage: inOrder(coverageNames, row.coverage),
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
export function timeOf(time: Date): string
export function timeOf(time: Date | null): string | null
export function timeOf(time: Date | null): string | null {
  return time?.toISOString() ?? null
}

/** What is left at the pace so far; null while there is no pace to speak of. */
function etaSeconds({ state, startedAt, percent }: ScanRow, now: Date): number | null {
  if (isTerminal(state)) return 0
  if (state !== 'running' || startedAt === null || percent < 1) return null
  const elapsed = Math.max(0, now.getTime() - startedAt.getTime()) / 1000
  return Math.ceil((elapsed / percent) * (100 - percent))
}
