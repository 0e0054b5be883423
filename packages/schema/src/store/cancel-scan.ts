import type { CreatedBy } from '../scan-order.ts'
import type { ScanState } from '../scan-state.ts'
import type { Sql } from './connect.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'
import { scanState } from './scans.ts'

/**
 * First of three statements of a cancel, each repeatable: the request, with its audit event. Returns the state the scan
 * was in, or null when there is none; with a key that was used before nothing is asked; where nothing was left to ask it is read anew, as the scan may just have ended.
 * `cancelWaitingShards` and `settleScan` follow; a duty repeats both.
 */
export async function requestCancel(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
  act: ActKey = null,
): Promise<ScanState | null> {
  const [row] = await sql<{ state: ScanState }[]>`
    with key as (
      ${keepAct(
        sql,
        workspaceId,
        act,
        sql`state`,
        sql`from scans where workspace_id = ${workspaceId} and id = ${scanId}
        and deleted_at is null and (finished_at is null or state = 'cancelled')`,
      )}
    ), asked as (
      update scans set cancel_requested_at = now(), version = version + 1
      where workspace_id = ${workspaceId} and id = ${scanId} and finished_at is null and cancel_requested_at is null
        and ${mayAct(sql, act)}
      returning workspace_id, id, state
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'scan.cancel-requested', id::text, ${audit.requestId}, ${audit.client ?? null}
      from asked
    )
    select state from asked`
  return row?.state ?? (await scanState(sql, workspaceId, scanId))
}

/** Second statement: what waits is cancelled at once; what runs is told by its worker's next look. */
export async function cancelWaitingShards(sql: Sql, workspaceId: string, scanId: string): Promise<void> {
  await sql`
    with waiting as materialized (
      select d.workspace_id, d.scan_id, d.id from shards d
      join scans c on c.workspace_id = d.workspace_id and c.id = d.scan_id and c.cancel_requested_at is not null
      where d.workspace_id = ${workspaceId} and d.scan_id = ${scanId} and d.state in ('queued', 'held')
      order by d.id for no key update of d
    ), decided as materialized (
      select w.*, f.unconfirmed from waiting w, decide_findings(w.workspace_id, w.scan_id, w.id, null) f
    ), left_out as (
      update shard_targets t set coverage = 'skipped', reason = 'cancelled' from waiting w
      where t.workspace_id = w.workspace_id and t.scan_id = w.scan_id and t.shard_id = w.id and t.coverage = 'pending'
    )
    update shards d set state = 'cancelled', ended_at = now(), unconfirmed = w.unconfirmed
    from decided w where d.workspace_id = w.workspace_id and d.scan_id = w.scan_id and d.id = w.id`
}
