import type { Sql } from './connect.ts'

const scansAtOnce = 200
const rowsAtOnce = 5000

/**
 * Marks scans as deleted that ended more than so many days ago and of which no event is undelivered, at most 200, and returns how many; `removeDeleted` takes their
 * rows away. Whoever orders a deletion is audited; age is nobody's act and stands in the configuration.
 */
export async function expireScans(sql: Sql, days: number): Promise<number> {
  const { count } = await sql`
    with old as materialized (
      select s.workspace_id, s.id from scans s
      where s.finished_at < now() - ${days} * interval '1 day' and s.deleted_at is null
        and not exists (select from outbox o
          where o.workspace_id = s.workspace_id and o.scan_id = s.id and o.told_at is null)
        and not exists (select from webhook_deliveries d
          where d.workspace_id = s.workspace_id and d.scan_id = s.id and d.state in ('pending', 'sending'))
      order by s.finished_at limit ${scansAtOnce} for update of s skip locked
    )
    update scans s set deleted_at = now(), version = s.version + 1 from old
    where s.workspace_id = old.workspace_id and s.id = old.id`
  return count
}

/** Tables whose rows go by their own age. Audit and outbox carry their own payload: what they tell of may be gone long before. */
export type Aging = 'finding_evidence' | 'audit_events' | 'outbox' | 'webhook_deliveries' | 'idempotency_keys'

/** Removes rows older than so many days, the oldest 5,000 at most, and returns how many. Of several that call it at once each row is removed by one. */
export async function removeAged(sql: Sql, table: Aging, days: number): Promise<number> {
  const { count } = await sql`
    delete from ${sql(table)} where ctid = any(array(
      select ctid from ${sql(table)} where created_at < now() - ${days} * interval '1 day'
      order by created_at limit ${rowsAtOnce} for update skip locked))`
  return count
}
