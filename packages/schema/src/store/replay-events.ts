import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAct, mayAct } from './idempotency.ts'
import type { ActKey } from './idempotency.ts'

type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }

/** How many deliveries became due; what was asked for from `nextSince` on did not yet, null where nothing is left. */
export type Replayed = { due: number; nextSince: Date | null }

/** Most events of one replay, but for those of the same millisecond as its last one, so that the next one can begin after it. */
const mostReplayed = 1000

/**
 * Sends again what an enabled endpoint asked for since a time, the oldest first: deliveries it has that ended, and kept events that
 * it has none of, as it was disabled or not there. Null when there is no such endpoint. A key that is free keeps what is returned, in
 * JSON; with one that was used before nothing becomes due.
 */
export async function replayWebhookEvents(
  sql: Sql,
  workspaceId: string,
  endpointId: string,
  since: Date,
  audit: Audit,
  act: ActKey = null,
): Promise<Replayed | null> {
  type Part = ReturnType<Sql>
  const ended = (from: Part) => sql`
    from webhook_deliveries d, endpoint e where d.workspace_id = e.workspace_id and d.endpoint_id = e.id
      and d.state in ('delivered', 'dead') and d.event_at >= ${from}`
  const missed = (from: Part) => sql`
    from outbox o where o.workspace_id = ${workspaceId} and o.created_at >= ${from} and o.told_at is not null
      and o.kind = any(array(select unnest(types) from endpoint))
      and o.payload->>'endpointId' is distinct from ${endpointId}::text and not exists (
        select from webhook_deliveries d
        where d.workspace_id = o.workspace_id and d.endpoint_id = ${endpointId} and d.event_id = o.id)`
  const first: Part = sql`${since}::timestamptz`
  const after: Part = sql`(select until from part)`
  const [row] = await sql<Replayed[]>`
    with endpoint as materialized (
      select workspace_id, id, types, sequence from webhook_endpoints
      where workspace_id = ${workspaceId} and id = ${endpointId} and kind = 'standard' and enabled
      for no key update
    ), part as materialized (
      select date_trunc('milliseconds', max(happened_at)) + interval '1 millisecond' as until from (
        (select d.event_at as happened_at ${ended(first)} order by 1 limit ${mostReplayed})
        union all (select o.created_at ${missed(first)} order by 1 limit ${mostReplayed})
        order by 1 limit ${mostReplayed}
      ) oldest
    ), left_over as materialized (
      select until from part
      where exists (select ${ended(after)}) or (select o.created_at ${missed(after)} order by o.created_at, o.id limit 1) is not null
    ), old as materialized (
      select d.workspace_id, d.id ${ended(first)} and d.event_at < ${after} order by d.sequence for no key update of d
    ), missing as materialized (
      select o.*, row_number() over (order by o.created_at, o.id) as place ${missed(first)} and o.created_at < ${after}
    ), said as materialized (
      select (select count(*) from old) + (select count(*) from missing) as due, (select until from left_over) as next_since
      from endpoint
    ), key as (
      ${keepAct(sql, workspaceId, act, sql`jsonb_build_object('due', due, 'nextSince', next_since)::text`, sql`from said where true`)}
    ), again as (
      update webhook_deliveries d set state = 'pending', tries = 0, due_at = now(), ended_at = null from old
      where ${mayAct(sql, act)} and d.workspace_id = old.workspace_id and d.id = old.id
    ), numbered as (
      update webhook_endpoints w set sequence = w.sequence + (select count(*) from missing) from endpoint e
      where ${mayAct(sql, act)} and w.workspace_id = e.workspace_id and w.id = e.id
    ), made as (
      insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, scan_id, sequence, event, event_at)
      select m.workspace_id, time_ordered_id(), e.id, m.id, m.kind, m.scan_id, e.sequence + m.place, m.payload, m.created_at
      from missing m, endpoint e where ${mayAct(sql, act)} on conflict (workspace_id, endpoint_id, event_id) do nothing
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, 'webhook-endpoint.replayed', id::text, ${audit.requestId}, ${audit.client ?? null},
        ${sql.json({ since: since.toISOString() })} from endpoint where ${mayAct(sql, act)} on conflict do nothing
    )
    select due::integer as due, next_since as "nextSince" from said`
  return row ?? null
}
