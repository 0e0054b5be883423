import type { CreatedBy } from '../scan-order.ts'
import { severities } from '../severity.ts'
import { mostFindingEvents } from '../webhook/event.ts'
import type { Sql } from './connect.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'

/**
 * Makes deliveries of up to 200 outbox rows, oldest first: one for each enabled endpoint of the workspace that asked for the
 * event (of a trigger's answer: that its delivery ordered the scan for a commit), numbered by the endpoint, whose row lock lasts until commit. What two workers find at once only one tells. Returns
 * how many rows were told.
 */
export async function tellEvents(sql: Sql): Promise<number> {
  const [row] = await sql<{ told: number }[]>`
    with due as materialized (
      select workspace_id, id, scan_id, kind, payload, created_at from outbox
      where told_at is null order by created_at, id limit 200 for update skip locked
    ), wanted as materialized (
      select due.workspace_id, due.id, due.scan_id, due.kind, due.created_at, e.id as endpoint_id,
        case when td.commit is null then due.payload else due.payload || jsonb_build_object('commit', td.commit) end as payload,
        row_number() over (partition by e.workspace_id, e.id order by due.created_at, due.id) as place,
        count(*) over (partition by e.workspace_id, e.id) as share
      from due join webhook_endpoints e on e.workspace_id = due.workspace_id
      left join trigger_deliveries td on e.trigger_id is not null and td.workspace_id = due.workspace_id
        and td.scan_id = due.scan_id and td.trigger_id = e.trigger_id and td.commit is not null
      where e.enabled and due.kind = any(e.types) and (e.trigger_id is null or td.commit is not null) and due.payload->>'endpointId' is distinct from e.id::text
    ), numbered as (
      update webhook_endpoints e set sequence = e.sequence + n.share
      from (select distinct workspace_id, endpoint_id, share from wanted) n
      where e.workspace_id = n.workspace_id and e.id = n.endpoint_id
      returning e.workspace_id, e.id, e.sequence - n.share as base
    ), made as (
      insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, scan_id, sequence, event, event_at)
      select w.workspace_id, time_ordered_id(), w.endpoint_id, w.id, w.kind, w.scan_id, n.base + w.place, w.payload,
        w.created_at
      from wanted w join numbered n on n.workspace_id = w.workspace_id and n.id = w.endpoint_id
      on conflict (workspace_id, endpoint_id, event_id) do nothing
    ), told as (
      update outbox o set told_at = now() from due where o.workspace_id = due.workspace_id and o.id = due.id returning 1
    )
    select count(*)::integer as told from told`
  return row?.told ?? 0
}

/**
 * Makes `finding.created` deliveries of one ended shard: of its confirmed findings at or above each endpoint's floor, up to a
 * thousand a scan and endpoint. A finding's event has the finding's own UUID. False when none waits.
 */
export async function tellFindings(sql: Sql): Promise<boolean> {
  const rows = await sql`
    with due as materialized (
      select workspace_id, scan_id, shard_id from confirmed_shards
      order by created_at limit 1 for update skip locked
    ), wanted as materialized (
      select f.workspace_id, f.scan_id, f.id, e.id as endpoint_id,
        row_number() over (partition by e.id order by f.sequence) as place
      from due join webhook_endpoints e on e.workspace_id = due.workspace_id
      join findings f on f.workspace_id = due.workspace_id and f.scan_id = due.scan_id and f.shard_id = due.shard_id
      where e.enabled and 'finding.created' = any(e.types) and f.confirmed
        and array_position(${[...severities]}::text[], f.severity) <= array_position(${[...severities]}::text[], e.severity_floor)
    ), room as (
      select n.endpoint_id, greatest(0, ${mostFindingEvents} - (
        select count(*) from webhook_deliveries d
        where d.workspace_id = n.workspace_id and d.scan_id = n.scan_id and d.endpoint_id = n.endpoint_id
          and d.type = 'finding.created')) as n
      from (select distinct workspace_id, scan_id, endpoint_id from wanted) n
    ), fitting as materialized (
      select w.* from wanted w join room using (endpoint_id) where w.place <= room.n
    ), numbered as (
      update webhook_endpoints e set sequence = e.sequence + n.share
      from (select workspace_id, endpoint_id, count(*) as share from fitting group by workspace_id, endpoint_id) n
      where e.workspace_id = n.workspace_id and e.id = n.endpoint_id
      returning e.workspace_id, e.id, e.sequence - n.share as base
    ), made as (
      insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, scan_id, finding_id, sequence, event,
        event_at)
      select w.workspace_id, time_ordered_id(), w.endpoint_id, w.id, 'finding.created', w.scan_id, w.id, n.base + w.place,
        '{}', now()
      from fitting w join numbered n on n.workspace_id = w.workspace_id and n.id = w.endpoint_id
      on conflict (workspace_id, endpoint_id, event_id) do nothing
    )
    delete from confirmed_shards c using due
    where c.workspace_id = due.workspace_id and c.scan_id = due.scan_id and c.shard_id = due.shard_id returning 1`
  return rows.length > 0
}

/**
 * Makes one delivery of a sample to this endpoint alone, with its audit event; false when there is no such endpoint, it is
 * disabled, the key was used before, or the delivery is there already.
 */
export async function testWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  id: string,
  sample: { deliveryId: string; eventId: string },
  audit: { id: string; actor: CreatedBy; requestId: string | null; client?: string | null },
  act: ActKey = null,
): Promise<boolean> {
  const rows = await sql`
    with key as (
      ${keepAct(
        sql,
        workspaceId,
        act,
        sql`${sample.deliveryId}::text`,
        sql`from webhook_endpoints
        where workspace_id = ${workspaceId} and id = ${id} and kind = 'standard' and enabled`,
      )}
    ), numbered as (
      update webhook_endpoints set sequence = sequence + 1 where workspace_id = ${workspaceId} and id = ${id}
        and kind = 'standard' and enabled and ${mayAct(sql, act)} and not exists (select from webhook_deliveries where workspace_id = ${workspaceId} and id = ${sample.deliveryId})
      returning workspace_id, id, sequence
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'webhook-endpoint.tested', id::text,
        ${audit.requestId}, ${audit.client ?? null} from numbered
    )
    insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, sequence, event, event_at)
    select workspace_id, ${sample.deliveryId}::uuid, id, ${sample.eventId}::uuid, 'endpoint.test', sequence,
      jsonb_build_object('endpointId', id), now()
    from numbered returning 1`
  return rows.length > 0
}
