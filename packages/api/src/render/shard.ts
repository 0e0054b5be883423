import { formatId, shownShardStates } from '@assayer/schema'
import type { AttemptRow, ScanShardRow } from '@assayer/schema/store'
import { Count, idOf, named, openWord, ReasonShown, Time, timeOf } from '@assayer/schema/render'
import * as v from 'valibot'

/** One claim of a shard by a worker. */
export const Attempt = named(
  'Attempt',
  v.object({
    number: Count,
    worker: idOf('worker'),
    startedAt: Time,
    endedAt: v.nullable(Time),
    outcome: v.nullable(openWord('completed', 'partial', 'failed', 'cancelled', 'released', 'lost')),
    why: v.nullable(v.string()),
    exitCode: v.nullable(v.pipe(v.number(), v.integer())),
    signal: v.nullable(v.string()),
    peakMemoryBytes: v.nullable(Count),
    stderr: v.array(v.string()),
  }),
)
type Attempt = v.InferOutput<typeof Attempt>

/** A part of a scan that one worker runs at a time. */
export const Shard = named(
  'Shard',
  v.object({
    id: idOf('shard'),
    state: v.picklist(shownShardStates),
    reason: v.nullable(ReasonShown),
    percent: v.number(),
    requests: Count,
    errors: Count,
    losses: Count,
    targetCount: Count,
    targets: v.array(v.string()),
    attemptCount: Count,
    attempts: v.array(Attempt),
    endedAt: v.nullable(Time),
  }),
)
type Shard = v.InferOutput<typeof Shard>

/** A shard and its attempts. One that is held back by a pause waits as `queued`, as in the scan's progress. */
export const renderShard = (row: ScanShardRow): Shard => ({
  id: formatId('shard', row.id),
  state: row.state === 'held' ? 'queued' : row.state,
  reason: row.reason,
  percent: Math.round((row.endedAt === null ? row.percent : 100) * 10) / 10,
  requests: row.requests,
  errors: row.errors,
  losses: row.losses,
  targetCount: row.targetCount,
  targets: row.targets,
  attemptCount: row.attempt,
  attempts: row.attempts.map(renderAttempt),
  endedAt: timeOf(row.endedAt),
})

function renderAttempt({ detail, ...row }: AttemptRow): Attempt {
  const exits = Array.isArray(detail?.['exits']) ? (detail['exits'] as unknown[]).filter(isObject) : []
  // An attempt may run Nuclei more than once: the run that went wrong tells more than the last.
  const exit = exits.find(({ kind, code }) => kind !== 'exited' || code !== 0) ?? exits.at(-1)
  const { code, signal } = exit ?? {}
  const { peakBytes, stderr, why } = detail ?? {}
  return {
    number: row.number,
    worker: formatId('worker', row.workerId),
    startedAt: timeOf(new Date(row.claimedAt)),
    endedAt: row.endedAt === null ? null : timeOf(new Date(row.endedAt)),
    outcome: row.outcome,
    why: typeof why === 'string' ? why : null,
    exitCode: typeof code === 'number' ? code : null,
    signal: typeof signal === 'string' ? signal : null,
    peakMemoryBytes: typeof peakBytes === 'number' && peakBytes > 0 ? peakBytes : null,
    stderr: Array.isArray(stderr) ? stderr.filter((line) => typeof line === 'string') : [],
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
