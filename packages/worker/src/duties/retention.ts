import { expireScans, removeAged, removeDeleted, removeReplaced, removeUnused } from '@assayer/schema/store'
import type { Aging, Sql } from '@assayer/schema/store'
import type { WorkerConfig } from '../config.ts'

type Days = Pick<
  WorkerConfig,
  'RETENTION_SCANS_DAYS' | 'RETENTION_EVIDENCE_DAYS' | 'RETENTION_AUDIT_DAYS' | 'RETENTION_EVENTS_DAYS'
>

const perRound = 200

/**
 * Removes what is older than its days, the rows of deleted scans, the texts of templates that nothing has any more, and the
 * templates of replaced bundles, at most 5,000 rows a statement and 200 statements a round, so that no statement takes long and no
 * table is behind another for ever. May run in several workers at once: what one
 * removes the others do not find. Wrongly done it would remove what somebody still wants: by `finished_at` and `created_at` of the
 * database's clock alone, never what has not ended.
 */
export async function retain(sql: Sql, days: Days, signal: AbortSignal): Promise<void> {
  const aged: [Aging, number][] = [
    ['finding_evidence', days.RETENTION_EVIDENCE_DAYS],
    ['audit_events', days.RETENTION_AUDIT_DAYS],
    ['outbox', days.RETENTION_EVENTS_DAYS],
    ['webhook_deliveries', days.RETENTION_EVENTS_DAYS],
    ['idempotency_keys', 1],
  ]
  const steps = [
    () => expireScans(sql, days.RETENTION_SCANS_DAYS),
    () => removeDeleted(sql),
    () => removeUnused(sql),
    () => removeReplaced(sql),
    ...aged.map(
      ([table, age]) =>
        () =>
          removeAged(sql, table, age),
    ),
  ]
  for (const step of steps) {
    for (let n = 0; n < perRound && !signal.aborted && (await step()) > 0; n++);
  }
}
