import { Coverage, formatId } from '@assayer/schema'
import type { ScanTargetRow, TargetCounts } from '@assayer/schema/store'
import { Count, idOf, named, ReasonShown, Time, timeOf } from '@assayer/schema/render'
import * as v from 'valibot'

/** One target of a scan, and what the wall counted for it. */
export const ScanTarget = named(
  'ScanTarget',
  v.object({
    ordered: v.string(),
    canonical: v.string(),
    coverage: Coverage,
    reason: v.nullable(ReasonShown),
    shardIds: v.array(idOf('shard')),
    findings: Count,
    evidence: v.object({
      connects: Count,
      refusedByScope: Count,
      timedOut: Count,
      failed: Count,
      bytesIn: Count,
      bytesOut: Count,
      peakRequestsPerSecond: v.number(),
      firstAt: v.nullable(Time),
      lastAt: v.nullable(Time),
    }),
  }),
)
type ScanTarget = v.InferOutput<typeof ScanTarget>

/** One target of a scan, and what the wall counted for it over all its shards. Before a shard ended its part is missing. */
export function renderScanTarget(row: ScanTargetRow): ScanTarget {
  return {
    ordered: row.ordered,
    canonical: row.canonical,
    coverage: row.coverage,
    reason: row.reason === null ? null : { code: row.reason, detail: null },
    shardIds: row.shardIds.map((id) => formatId('shard', id)),
    findings: row.findings,
    evidence: {
      connects: sum(row.counts, 'connects'),
      refusedByScope: sum(row.counts, 'refusedByScope'),
      timedOut: sum(row.counts, 'timedOut'),
      failed: sum(row.counts, 'failed'),
      bytesIn: sum(row.counts, 'bytesIn'),
      bytesOut: sum(row.counts, 'bytesOut'),
      peakRequestsPerSecond: Math.max(0, ...numbers(row.counts, 'peakRequestsPerSecond')),
      firstAt: timeFrom(Math.min(...numbers(row.counts, 'firstAt'))),
      lastAt: timeFrom(Math.max(...numbers(row.counts, 'lastAt'))),
    },
  }
}

const numbers = (counts: readonly TargetCounts[], name: string): number[] =>
  counts.map((one) => one[name]).filter((value) => typeof value === 'number')

const sum = (counts: readonly TargetCounts[], name: string): number =>
  numbers(counts, name).reduce((total, value) => total + value, 0)

const timeFrom = (milliseconds: number): string | null =>
  Number.isFinite(milliseconds) ? timeOf(new Date(milliseconds)) : null
