import type { AnswerKind } from '../forge/answer.ts'
import type { EventType } from '../webhook/event.ts'
import type { Sql } from './connect.ts'

/** What names one try of a delivery in every later write; `attempt` is the fencing token. */
export type DeliveryKey = { workspaceId: string; id: string; attempt: number }

export type ClaimedDelivery = DeliveryKey & {
  endpointId: string
  kind: 'standard' | AnswerKind
  /** Whose answer it is; null for a standard endpoint. */
  triggerId: string | null
  eventId: string
  type: EventType
  scanId: string | null
  findingId: string | null
  sequence: string
  event: Record<string, unknown>
  eventAt: Date
  body: string | null
  tries: number
  url: string
  asksFindings: boolean
  severityFloor: string
  headersSealed: Uint8Array | null
  secretSealed: Uint8Array
  previousSecretSealed: Uint8Array | null
}

/** At once at one endpoint, by all workers together but for claims that meet. One that fails, or takes SARIF, gets one. */
const atOnce = 16
/** So many of an endpoint that does not fail may take a reserved place. */
const firstAtOnce = 2

/**
 * Claims up to `most` due deliveries of enabled endpoints, of each the oldest first, so that first tries begin in sequence, and of all
 * in turn, so that none waits behind another's. The last `reserved` places are for the first two of each endpoint that does not fail:
 * endpoints that have just died hold what they got until their first deadline, and one place each from then on. To a forge one
 * delivery of a scan goes at a time, so that no earlier state follows a later one. The lease is by the database's clock.
 */
export async function claimDeliveries(
  sql: Sql,
  worker: { id: string; leaseMs: number; most: number; reserved?: number },
): Promise<ClaimedDelivery[]> {
  const { most, reserved = 0 } = worker
  // A row lock takes no window function, so the first of each endpoint are picked before the rest.
  const due = (n: ReturnType<Sql>, but: ReturnType<Sql>) => sql`
    select d.workspace_id, d.endpoint_id, d.id from webhook_deliveries d
    where d.workspace_id = r.workspace_id and d.endpoint_id = r.endpoint_id and d.state = 'pending'
      and d.due_at <= now() and (r.kind = 'standard' or not exists (
        select from webhook_deliveries s where s.workspace_id = d.workspace_id and s.endpoint_id = d.endpoint_id
          and s.state = 'sending' and s.scan_id = d.scan_id)) ${but}
    order by d.due_at, d.sequence limit ${n} for update skip locked`
  return await sql<ClaimedDelivery[]>`
    with recursive waiting as (
      (select workspace_id, endpoint_id from webhook_deliveries where state = 'pending'
        order by workspace_id, endpoint_id limit 1)
      union all
      (select next.workspace_id, next.endpoint_id from waiting w cross join lateral (
        select d.workspace_id, d.endpoint_id from webhook_deliveries d
        where d.state = 'pending' and (d.workspace_id, d.endpoint_id) > (w.workspace_id, w.endpoint_id)
        order by d.workspace_id, d.endpoint_id limit 1) next)
    ), room as materialized (
      select w.workspace_id, w.endpoint_id, e.kind, e.failing_since is null as is_well, busy.n as busy,
        case when e.failing_since is null and e.kind <> 'github-sarif' then ${atOnce} else 1 end - busy.n as n
      from waiting w join webhook_endpoints e on e.workspace_id = w.workspace_id and e.id = w.endpoint_id and e.enabled
      cross join lateral (select count(*) as n from webhook_deliveries s
        where s.workspace_id = w.workspace_id and s.endpoint_id = w.endpoint_id and s.state = 'sending') busy
    ), first as materialized (
      select due.* from (select * from room where n > 0 and is_well and busy < ${firstAtOnce} order by random()) r
      cross join lateral (${due(sql`least(r.n, ${firstAtOnce} - r.busy)`, sql``)}) due limit ${most}
    ), taken as (
      select workspace_id, endpoint_id, count(*) as n from first group by workspace_id, endpoint_id
    ), rest as materialized (
      select due.* from (
        select room.*, coalesce(taken.n, 0) as taken from room left join taken using (workspace_id, endpoint_id)
        where room.n > coalesce(taken.n, 0) order by random()) r
      cross join lateral (${due(
        sql`r.n - r.taken`,
        sql`and not exists (select from first f where f.workspace_id = d.workspace_id and f.id = d.id)`,
      )}) due limit greatest(0, ${most - reserved} - (select count(*) from first))
    ), picked as materialized (
      select workspace_id, id from first union all select workspace_id, id from rest
    ), claimed as (
      update webhook_deliveries d set state = 'sending', attempt = d.attempt + 1, worker_id = ${worker.id},
        lease_until = now() + ${worker.leaseMs} * interval '1 millisecond'
      from picked where d.workspace_id = picked.workspace_id and d.id = picked.id
      returning d.*
    )
    select d.workspace_id as "workspaceId", d.id, d.attempt, d.endpoint_id as "endpointId", e.kind,
      e.trigger_id as "triggerId", d.event_id as "eventId", d.type,
      d.scan_id as "scanId", d.finding_id as "findingId", d.sequence, d.event, d.event_at as "eventAt", d.body, d.tries,
      e.url, 'finding.created' = any(e.types) as "asksFindings", e.severity_floor as "severityFloor",
      e.headers_sealed as "headersSealed", e.secret_sealed as "secretSealed",
      case when e.previous_secret_until > now() then e.previous_secret_sealed end as "previousSecretSealed"
    from claimed d join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
    order by d.due_at, d.sequence`
}

/**
 * Gives back what a sender that died had claimed: it may have been sent, and is sent again. What waits for an endpoint that was
 * disabled meanwhile becomes dead, as nothing sends it. Returns how many were given back.
 */
export async function reapDeliveries(sql: Sql): Promise<number> {
  const rows = await sql`
    with gone as materialized (
      select workspace_id, id from webhook_deliveries where state = 'sending' and lease_until < now()
      order by workspace_id, id limit 500 for update skip locked
    ), stray as materialized (
      select d.workspace_id, d.id from webhook_deliveries d
      join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
      where d.state = 'pending' and not e.enabled
      order by d.workspace_id, d.id limit 500 for update of d skip locked for share of e skip locked
    ), parked as (
      update webhook_deliveries d set state = 'dead', ended_at = now() from stray
      where d.workspace_id = stray.workspace_id and d.id = stray.id
    )
    update webhook_deliveries d set state = 'pending', lease_until = null, due_at = now() from gone
    where d.workspace_id = gone.workspace_id and d.id = gone.id returning 1`
  return rows.length
}
