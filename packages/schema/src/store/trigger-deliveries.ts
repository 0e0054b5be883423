import type { Commit } from '../forge/commit.ts'
import type { Sql } from './connect.ts'

/** A delivery that orders a scan, once for good. */
export type Delivery = { triggerId: string; deliveryId: string }
/** With the commit it speaks of, which the scan's result is told of; null where its trigger does not answer. */
export type OrderingDelivery = Delivery & { commit?: Commit | null }

/**
 * The part of an accepting statement that keeps what the rows of `given` bring as `delivery`: an insert that returns the scans of those
 * that were not known and whose trigger is there and enabled. Where several bring one delivery, it is the first one's.
 */
export const keepDeliveries = (sql: Sql, workspaceId: string) => sql`
  insert into trigger_deliveries (workspace_id, trigger_id, delivery_id, scan_id, commit)
  select t.workspace_id, t.id, g.delivery->>'deliveryId', g."scanId", nullif(g.delivery->'commit', 'null')
  from given g join triggers t on t.workspace_id = ${workspaceId} and t.id = (g.delivery->>'triggerId')::uuid and t.enabled
  where g.delivery is not null order by t.id, g.delivery->>'deliveryId', g."scanId"
  for key share of t
  on conflict do nothing returning scan_id`

/** The scan that a delivery ordered, which may be gone; null for one that is not known. */
export async function findDelivery(
  sql: Sql,
  workspaceId: string,
  { triggerId, deliveryId }: Delivery,
): Promise<{ scanId: string } | null> {
  const [row] = await sql<{ scanId: string }[]>`
    select scan_id as "scanId" from trigger_deliveries
    where workspace_id = ${workspaceId} and trigger_id = ${triggerId} and delivery_id = ${deliveryId}`
  return row ?? null
}

const mostRefusals = 10

/**
 * Writes an audit event about a delivery that was refused: at most ten a trigger and minute, the tenth of which says so, as anybody
 * can send what is refused.
 */
export async function noteRefusal(
  sql: Sql,
  workspaceId: string,
  triggerId: string,
  refusal: { auditId: string; requestId: string | null; client?: string | null; code: string },
): Promise<void> {
  await sql`
    with counted as (
      update triggers set refused = case when refused_since < now() - interval '1 minute' then 1 else refused + 1 end,
        refused_since = case when refused_since < now() - interval '1 minute' then now() else refused_since end
      where workspace_id = ${workspaceId} and id = ${triggerId}
        and (refused < ${mostRefusals} or refused_since < now() - interval '1 minute')
        and not exists (select from audit_events where workspace_id = ${workspaceId} and id = ${refusal.auditId})
      returning workspace_id, id, refused
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${refusal.auditId}::uuid, jsonb_build_object('kind', 'trigger', 'id', id), 'trigger.refused', id::text,
      ${refusal.requestId}, ${refusal.client ?? null}, jsonb_build_object('code', ${refusal.code}::text, 'moreUntold', refused = ${mostRefusals})
    from counted`
}
