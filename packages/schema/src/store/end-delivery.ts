import { newId } from '../id.ts'
import type { DeliveryKey } from './claim-deliveries.ts'
import type { Sql } from './connect.ts'
import { parkDeliveries } from './webhook-endpoints.ts'

/** One try as the log of a delivery keeps it; `status` is the reply's, `error` says why there is none. */
export type DeliveryTry = { at: string; durationMs: number; status: number | null; error: string | null }

/** How many tries a log keeps, the newest. */
const mostLogged = 30

/** What is said of a delivery by the attempt that sends it. */
type Said<One> = { key: DeliveryKey; said: One }

/** Keeps the bodies that every try of these deliveries sends; false for each that is fenced. */
export async function keepBodies(sql: Sql, bodies: Said<string>[]): Promise<boolean[]> {
  const rows = await sql<{ id: string }[]>`
    with mine as materialized (${theirs(sql, bodies)})
    update webhook_deliveries d set body = mine.said #>> '{}' from mine
    where d.workspace_id = mine.workspace_id and d.id = mine.id returning d.id`
  return heard(bodies, rows)
}

/** The rows of deliveries that these attempts send still, locked in one order. */
const theirs = (sql: Sql, list: Said<string | DeliveryTry>[]) => sql`
  select d.workspace_id, d.id, d.endpoint_id, k.said from webhook_deliveries d
  join jsonb_to_recordset(${sql.json(
    list.map(({ key: { workspaceId, id, attempt }, said }) => ({ workspaceId, id, attempt, said })),
  )}) as k ("workspaceId" uuid, id uuid, attempt integer, said jsonb)
    on d.workspace_id = k."workspaceId" and d.id = k.id and d.attempt = k.attempt
  where d.state = 'sending' order by d.workspace_id, d.id for no key update of d`

function heard(list: { key: DeliveryKey }[], rows: { id: string }[]): boolean[] {
  const ids = new Set(rows.map(({ id }) => id))
  return list.map(({ key }) => ids.has(key.id))
}

const mine = (sql: Sql, key: DeliveryKey) => sql`
  select workspace_id, id, endpoint_id from webhook_deliveries
  where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'sending'
  for no key update`

const logged = (sql: Sql, one: ReturnType<Sql>) => sql`
  case when jsonb_array_length(d.log) >= ${mostLogged} then d.log - 0 else d.log end || ${one}`

/**
 * Marks deliveries as taken by their receivers, and their endpoints as well; of one that need not be sent, and so has no reply, its
 * endpoint says nothing. False for each that is fenced.
 */
export async function markDelivered(sql: Sql, tries: Said<DeliveryTry>[]): Promise<boolean[]> {
  const rows = await sql<{ id: string }[]>`
    with mine as materialized (${theirs(sql, tries)}), recovered as (
      update webhook_endpoints e set failing_since = null from (
        select distinct workspace_id, endpoint_id from mine where said->>'status' is not null) m
      where e.workspace_id = m.workspace_id and e.id = m.endpoint_id and e.failing_since is not null
    )
    update webhook_deliveries d set state = 'delivered', tries = d.tries + 1, ended_at = now(), lease_until = null,
      log = ${logged(sql, sql`mine.said`)}
    from mine where d.workspace_id = mine.workspace_id and d.id = mine.id returning d.id`
  return heard(tries, rows)
}

/** An endpoint that failed for so long without one success is disabled. */
const failingLimit = '5 days'
/** After so long without a try its failing counts anew: longer than any wait of the schedule, 24 h and a fifth. */
const failingGap = '30 hours'

/** How a try failed: due again after `waitMs`, dead without it; `gone`: the receiver says that there is no such endpoint any more. */
export type Failure = { waitMs: number | null; gone: boolean }

/**
 * Writes down a try that failed: due again, or dead, as it is where its endpoint is or becomes disabled. The endpoint counts as
 * failing from its first failure on, and anew where the one before is so long ago that nothing was tried in between. One that is
 * gone, or fails for five days, is disabled by the same statement: what waits for it becomes dead, and `endpoint.disabled` is told to
 * the others, once. Null when fenced; else why it was disabled, if it was now.
 */
export async function markFailed(
  sql: Sql,
  key: DeliveryKey,
  one: DeliveryTry,
  { waitMs, gone }: Failure,
): Promise<{ disabled: 'gone' | 'failing' | null } | null> {
  const [row] = await sql<{ disabled: 'gone' | 'failing' | null }[]>`
    with mine as materialized (${mine(sql, key)}), endpoint as materialized (
      select e.workspace_id, e.id, e.trigger_id, e.enabled, since.failing_since, case
        when not e.enabled then null
        when ${gone} then 'gone'
        when since.failing_since < now() - ${failingLimit}::interval then 'failing' end as disabled
      from webhook_endpoints e join mine on e.workspace_id = mine.workspace_id and e.id = mine.endpoint_id
      cross join lateral (select case when e.failing_since is not null and e.failed_at > now() - ${failingGap}::interval
        then e.failing_since else now() end as failing_since) since
      for no key update of e
    ), failing as (
      update webhook_endpoints e set failing_since = was.failing_since, failed_at = now(), enabled = was.enabled and was.disabled is null,
        disabled_reason = coalesce(was.disabled, e.disabled_reason),
        version = e.version + case when was.disabled is null then 0 else 1 end
      from endpoint was where e.workspace_id = was.workspace_id and e.id = was.id
    ), marked as (
      update webhook_deliveries d set state = case when w.again then 'pending' else 'dead' end, tries = d.tries + 1,
        due_at = case when w.again then now() + ${waitMs ?? 0} * interval '1 millisecond' else d.due_at end,
        ended_at = case when not w.again then now() end, lease_until = null, log = ${logged(sql, sql`${sql.json([one])}`)}
      from (
        select mine.*, ${waitMs}::float8 is not null and e.enabled and e.disabled is null as again from mine, endpoint e
      ) w where d.workspace_id = w.workspace_id and d.id = w.id
    ), parked as (
      ${parkDeliveries(sql, sql`(select * from endpoint where disabled is not null)`)}
    ), told as (
      insert into outbox (workspace_id, id, kind, payload)
      select workspace_id, ${newId()}::uuid, 'endpoint.disabled', jsonb_strip_nulls(
        jsonb_build_object('endpointId', id, 'triggerId', trigger_id, 'reason', disabled))
      from endpoint where disabled is not null
    )
    select disabled from endpoint`
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
