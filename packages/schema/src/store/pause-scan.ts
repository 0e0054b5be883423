import type { CreatedBy } from '../scan-order.ts'
import type { ScanState } from '../scan-state.ts'
import type { Sql } from './connect.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'
import { scanState } from './scans.ts'

type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

const open = (sql: Sql, workspaceId: string, scanId: string): ReturnType<Sql> => sql`from scans
  where workspace_id = ${workspaceId} and id = ${scanId} and finished_at is null and cancel_requested_at is null`

/**
 * First of three statements of a pause, each repeatable: the request, with its audit event. Returns the state the scan
 * was in, or null when there is none; with a key that was used before nothing is asked; where nothing was left to ask it is read anew. `holdWaitingShards` and
 * `settleScan` follow; a duty repeats both.
 */
export async function requestPause(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  audit: Audit,
  act: ActKey = null,
): Promise<ScanState | null> {
  const [row] = await sql<{ state: ScanState }[]>`
    with key as (
      ${keepAct(sql, workspaceId, act, sql`state`, open(sql, workspaceId, scanId))}
    ), asked as (
      update scans set pause_requested_at = now(), version = version + 1
      where workspace_id = ${workspaceId} and id = ${scanId} and finished_at is null and pause_requested_at is null
        and cancel_requested_at is null and ${mayAct(sql, act)}
      returning workspace_id, id, state
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'scan.pause-requested', id::text, ${audit.requestId}, ${audit.client ?? null}
      from asked
    )
    select state from asked`
  return row?.state ?? (await scanState(sql, workspaceId, scanId))
}

/** The reverse: the request is taken back. `queueHeldShards` and `settleScan` follow. */
export async function requestResume(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  audit: Audit,
  act: ActKey = null,
): Promise<ScanState | null> {
  const [row] = await sql<{ state: ScanState }[]>`
    with key as (
      ${keepAct(sql, workspaceId, act, sql`case when pause_requested_at is null then state else 'paused' end`, open(sql, workspaceId, scanId))}
    ), asked as (
      update scans set pause_requested_at = null, version = version + 1,
        paused_seconds = paused_seconds + extract(epoch from now() - pause_requested_at)
      where workspace_id = ${workspaceId} and id = ${scanId} and finished_at is null and pause_requested_at is not null
        and ${mayAct(sql, act)}
      returning workspace_id, id, state
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'scan.resumed', id::text, ${audit.requestId}, ${audit.client ?? null} from asked
    )
    select state from asked`
  return row?.state ?? (await scanState(sql, workspaceId, scanId))
}

/** Second statement of a pause: what waits is held; what runs goes on to its end. */
export async function holdWaitingShards(sql: Sql, workspaceId: string, scanId: string): Promise<void> {
  await sql`
    with waiting as materialized (
      select d.workspace_id, d.scan_id, d.id from shards d
      join scans c on c.workspace_id = d.workspace_id and c.id = d.scan_id and c.pause_requested_at is not null
      where d.workspace_id = ${workspaceId} and d.scan_id = ${scanId} and d.state = 'queued'
      order by d.id for no key update of d
    )
    update shards d set state = 'held' from waiting w
    where d.workspace_id = w.workspace_id and d.scan_id = w.scan_id and d.id = w.id`
}

/** Second statement of a resume: what was held is queued again. */
export async function queueHeldShards(sql: Sql, workspaceId: string, scanId: string): Promise<void> {
  await sql`
    with held as materialized (
      select d.workspace_id, d.scan_id, d.id from shards d
      join scans c on c.workspace_id = d.workspace_id and c.id = d.scan_id and c.pause_requested_at is null
      where d.workspace_id = ${workspaceId} and d.scan_id = ${scanId} and d.state = 'held'
      order by d.id for no key update of d
    )
    update shards d set state = 'queued', due_at = greatest(d.due_at, now()) from held h
    where d.workspace_id = h.workspace_id and d.scan_id = h.scan_id and d.id = h.id`
}
