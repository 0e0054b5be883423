import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'

export type DeleteOutcome = { id: string; outcome: 'deleted' | 'scan-not-found' | 'scan-not-finished'; fresh: boolean }

/**
 * Marks scans that have ended as deleted, each with its audit event, and says of each id what came of it; from then on nobody
 * sees them. `fresh` is false for one that was marked before, or has another `version` than the one given; with a key that was
 * used before none is marked. `removeDeleted` takes their rows away.
 */
export async function deleteScans(
  sql: Sql,
  workspaceId: string,
  scans: readonly { id: string; auditId: string; version?: number | null }[],
  audit: { actor: CreatedBy; requestId: string | null; client?: string | null },
  act: ActKey = null,
): Promise<DeleteOutcome[]> {
  const ids = scans.map(({ id }) => id)
  return await sql<DeleteOutcome[]>`
    with asked as (
      select * from jsonb_to_recordset(${sql.json(scans)}) as a (id uuid, "auditId" uuid, version integer)
    ), outcomes as (
      select a.id, case when s.id is null then 'scan-not-found' when s.finished_at is null then 'scan-not-finished'
        else 'deleted' end as outcome
      from asked a left join scans s on s.workspace_id = ${workspaceId} and s.id = a.id and s.id = any(${ids}::uuid[])
    ), key as (
      ${keepAct(sql, workspaceId, act, sql`(select coalesce(jsonb_object_agg(id, outcome), '{}')::text from outcomes)`, sql`where true`)}
    ), due as materialized (
      select s.workspace_id, s.id from scans s
      where s.workspace_id = ${workspaceId} and s.id = any(${ids}::uuid[]) and s.finished_at is not null and s.deleted_at is null
        and not exists (select from asked a where a.id = s.id and a.version <> s.version) and ${mayAct(sql, act)}
      order by s.id for update of s
    ), marked as (
      update scans s set deleted_at = now(), version = s.version + 1 from due
      where s.workspace_id = due.workspace_id and s.id = due.id and s.id = any(${ids}::uuid[])
      returning s.workspace_id, s.id
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select m.workspace_id, a."auditId", ${sql.json(audit.actor)}, 'scan.deleted', m.id::text, ${audit.requestId}, ${audit.client ?? null}
      from marked m join asked a using (id)
    )
    select id, m.id is not null as fresh, outcome from outcomes left join marked m using (id)`
}

const parts = ['findings', 'shard_targets', 'attempts', 'shard_orders', 'shards', 'scan_targets'] as const
const rowsAtOnce = 5000

/**
 * Removes rows of the scan that was deleted first, at most 5,000 (and the evidence of as many findings), its own row last.
 * Returns how many, 0 when no deleted scan is left: to be called again until then. Of several that call it at once each row is
 * removed by one.
 */
export async function removeDeleted(sql: Sql): Promise<number> {
  const [scan] = await sql<{ workspaceId: string; id: string }[]>`
    select workspace_id as "workspaceId", id from scans where deleted_at is not null order by deleted_at limit 1`
  if (!scan) return 0
  for (const part of parts) {
    const { count } = await sql`
      delete from ${sql(part)} where ctid = any(array(
        select ctid from ${sql(part)} where workspace_id = ${scan.workspaceId} and scan_id = ${scan.id}
        limit ${rowsAtOnce} for update skip locked))`
    if (count > 0) return count
  }
  await sql`delete from scans where workspace_id = ${scan.workspaceId} and id = ${scan.id} and deleted_at is not null`
  return 1
}
