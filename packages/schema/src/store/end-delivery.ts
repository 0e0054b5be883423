import { newId } from '../id.ts'
import type { DeliveryKey } from './claim-deliveries.ts'
import type { Sql } from './connect.ts'
import { parkDeliveries } from './webhook-endpoints.ts'

/** One try as the log of a delivery keeps it; `status` is the reply's, `error` says why there is none. */
export type DeliveryTry = { at: string; durationMs: number; status: number | null; error: string | null }

/** How many tries a log keeps, the newest. */
const mostLogged = 30

/** Keeps the body that every try of a delivery sends; false when fenced. */
export async function keepBody(sql: Sql, key: DeliveryKey, body: string): Promise<boolean> {
  const rows = await sql`
    update webhook_deliveries set body = ${body}
    where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'sending'
    returning 1`
  return rows.length > 0
}

const mine = (sql: Sql, key: DeliveryKey) => sql`
  select workspace_id, id, endpoint_id from webhook_deliveries
  where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'sending'
  for no key update`

const logged = (sql: Sql, one: DeliveryTry) => sql`
  case when jsonb_array_length(d.log) >= ${mostLogged} then d.log - 0 else d.log end || ${sql.json([one])}`

/** Marks a delivery as taken by its receiver, and its endpoint as well; false when fenced. */
export async function markDelivered(sql: Sql, key: DeliveryKey, one: DeliveryTry): Promise<boolean> {
  const rows = await sql`
    with mine as materialized (${mine(sql, key)}), recovered as (
      update webhook_endpoints e set failing_since = null from mine
      where e.workspace_id = mine.workspace_id and e.id = mine.endpoint_id and e.failing_since is not null
    )
    update webhook_deliveries d set state = 'delivered', tries = d.tries + 1, ended_at = now(), lease_until = null,
      log = ${logged(sql, one)}
    from mine where d.workspace_id = mine.workspace_id and d.id = mine.id returning 1`
  return rows.length > 0
}

/**
 * Writes down a try that failed: due again after `waitMs`, dead without it or where its endpoint was disabled meanwhile. The
 * endpoint counts as failing from its first failure on. Null when fenced; else for how many ms it has been failing.
 */
export async function markFailed(
  sql: Sql,
  key: DeliveryKey,
  one: DeliveryTry,
  waitMs: number | null,
): Promise<{ failingMs: number } | null> {
  const [row] = await sql<{ failingMs: number }[]>`
    with mine as materialized (${mine(sql, key)}), failing as (
      update webhook_endpoints e set failing_since = coalesce(e.failing_since, now()) from mine
      where e.workspace_id = mine.workspace_id and e.id = mine.endpoint_id
      returning e.enabled, e.failing_since
    ), judged as (
      select mine.*, failing.failing_since, ${waitMs}::float8 is not null and failing.enabled as again from mine, failing
    ), marked as (
      update webhook_deliveries d set state = case when j.again then 'pending' else 'dead' end, tries = d.tries + 1,
        due_at = case when j.again then now() + ${waitMs ?? 0} * interval '1 millisecond' else d.due_at end,
        ended_at = case when not j.again then now() end, lease_until = null, log = ${logged(sql, one)}
      from judged j where d.workspace_id = j.workspace_id and d.id = j.id
    )
    select extract(epoch from now() - failing_since)::float8 * 1000 as "failingMs" from judged`
  return row ?? null
}

/** Gives a delivery back unsent or unfinished, uncounted: at once due again; false when fenced. */
export async function releaseDelivery(sql: Sql, key: DeliveryKey): Promise<boolean> {
  const rows = await sql`
    with mine as materialized (${mine(sql, key)})
    update webhook_deliveries d set state = 'pending', lease_until = null from mine
    where d.workspace_id = mine.workspace_id and d.id = mine.id returning 1`
  return rows.length > 0
}

/**
 * Disables an endpoint that is gone or fails for too long: what waits for it becomes dead, and `endpoint.disabled` is told to
 * the others, once. False when it was disabled already.
 */
export async function disableWebhookEndpoint(
  sql: Sql,
  workspaceId: string,
  id: string,
  reason: 'gone' | 'failing',
): Promise<boolean> {
  const rows = await sql`
    with disabled as (
      update webhook_endpoints set enabled = false, disabled_reason = ${reason}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${id} and enabled
      returning workspace_id, id
    ), parked as (${parkDeliveries(sql, sql`disabled`)})
    insert into outbox (workspace_id, id, kind, payload)
    select workspace_id, ${newId()}::uuid, 'endpoint.disabled', jsonb_build_object('endpointId', id, 'reason', ${reason}::text)
    from disabled returning 1`
  return rows.length > 0
}
