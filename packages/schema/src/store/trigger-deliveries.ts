import type { Commit } from '../forge/commit.ts'
import type { Sql } from './connect.ts'

/** A delivery that orders a scan, once for good. */
export type Delivery = { triggerId: string; deliveryId: string }
/** With the commit it speaks of, which the scan's result is told of; null where its trigger does not answer. */
export type OrderingDelivery = Delivery & { commit?: Commit | null }

/**
 * The part of an accepting statement that keeps a delivery: an insert that returns a row when it was not known and its trigger is
 * there and enabled. Without a delivery it returns none.
 */
export const keepDelivery = (sql: Sql, workspaceId: string, delivery: OrderingDelivery | null, scanId: string) => sql`
  insert into trigger_deliveries (workspace_id, trigger_id, delivery_id, scan_id, commit)
  select t.workspace_id, t.id, ${delivery?.deliveryId ?? null}::text, ${scanId}::uuid,
    ${delivery?.commit ? sql.json(delivery.commit) : null}::jsonb from triggers t
  where t.workspace_id = ${workspaceId} and t.id = ${delivery?.triggerId ?? null}::uuid and t.enabled
  for key share
  on conflict do nothing returning 1`

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
