import { formatId, version } from '@assayer/schema'
import { Count, idOf, named, openWord, Time, timeOf } from '@assayer/schema/render'
import type { BundleInUse, Fleet, FleetWorker } from '@assayer/schema/store'
import * as v from 'valibot'

const WorkerShown = named(
  'Worker',
  v.object({
    id: idOf('worker'),
    version: v.string(),
    nuclei: v.string(),
    templates: v.nullable(v.string()),
    slots: Count,
    running: Count,
    draining: v.boolean(),
    memoryBytes: v.nullable(Count),
    memoryLimitBytes: v.nullable(Count),
    startedAt: Time,
    lastBeatAt: Time,
  }),
)

/** What the service is made of and how it does. */
export const System = named(
  'System',
  v.object({
    version: v.string(),
    redis: openWord('up', 'down'),
    templates: v.nullable(v.object({ digest: v.string(), nuclei: v.string(), count: Count, activatedAt: Time })),
    queue: v.object({ queued: Count, held: Count, running: Count, oldestQueuedSeconds: v.number() }),
    outbox: v.object({ pending: Count, deliveriesPending: Count }),
    workers: v.array(WorkerShown),
  }),
)
export type System = v.InferOutput<typeof System>

/** The service as `GET /v1/system` shows it. */
export const renderSystem = (
  fleet: Fleet,
  workers: readonly FleetWorker[],
  bundle: BundleInUse | null,
  redisUp: boolean,
): System => ({
  version,
  redis: redisUp ? 'up' : 'down',
  templates: bundle && {
    digest: bundle.digest,
    nuclei: bundle.nucleiVersion,
    count: bundle.templateCount,
    activatedAt: timeOf(bundle.activatedAt),
  },
  queue: {
    queued: fleet.openShards['queued'] ?? 0,
    held: fleet.openShards['held'] ?? 0,
    running: fleet.openShards['running'] ?? 0,
    oldestQueuedSeconds: Math.max(0, fleet.oldestQueuedSeconds),
  },
  outbox: { pending: fleet.outboxPending, deliveriesPending: fleet.deliveriesPending },
  workers: workers.map((worker) => ({
    id: formatId('worker', worker.id),
    version: worker.version,
    nuclei: worker.nucleiVersion,
    templates: worker.bundleDigest,
    slots: worker.slots,
    running: worker.running,
    draining: worker.draining,
    memoryBytes: worker.memoryBytes,
    memoryLimitBytes: worker.memoryLimitBytes,
    startedAt: timeOf(worker.startedAt),
    lastBeatAt: timeOf(worker.beatAt),
  })),
})
