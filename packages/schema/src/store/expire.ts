import type { Sql } from './connect.ts'

const scansAtOnce = 200
const rowsAtOnce = 5000

/** Of an outbox row `o`: an endpoint wants it and has not been told. Where there is none, nobody will ever be told of it. */
const untold = (sql: Sql) => sql`
  o.told_at is null and exists (select from webhook_endpoints e
    where e.workspace_id = o.workspace_id and e.enabled and o.kind = any(e.types))`

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
          where o.workspace_id = s.workspace_id and o.scan_id = s.id and ${untold(sql)})
        and not exists (select from confirmed_shards c where c.workspace_id = s.workspace_id and c.scan_id = s.id)
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

/**
 * Removes rows older than so many days, the oldest 5,000 at most, and returns how many. An event that an endpoint has yet to be
 * told of stays, and a delivery that has not ended. Of several that call it at once each row is removed by one.
 */
export async function removeAged(sql: Sql, table: Aging, days: number): Promise<number> {
  const { count } = await sql`
    delete from ${sql(table)} where ctid = any(array(
      select o.ctid from ${sql(table)} o where o.created_at < now() - ${days} * interval '1 day'
        ${table === 'outbox' ? sql`and not (${untold(sql)})` : sql``}
        ${table === 'webhook_deliveries' ? sql`and o.ended_at is not null` : sql``}
      order by o.created_at limit ${rowsAtOnce} for update of o skip locked))`
  return count
}
