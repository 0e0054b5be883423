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

/**
 * Claims up to `most` due deliveries, of each endpoint the oldest first, so that first tries begin in sequence, and of all
 * endpoints in turn, so that none waits behind another's. To a forge one delivery of a scan goes at a time, so that no earlier
 * state follows a later one. The lease is by the database's clock.
 */
export async function claimDeliveries(
  sql: Sql,
  worker: { id: string; leaseMs: number; most: number },
): Promise<ClaimedDelivery[]> {
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
      select w.workspace_id, w.endpoint_id, e.kind,
        case when e.failing_since is null and e.kind <> 'github-sarif' then ${atOnce} else 1 end - (
        select count(*) from webhook_deliveries s
        where s.workspace_id = w.workspace_id and s.endpoint_id = w.endpoint_id and s.state = 'sending') as n
      from waiting w join webhook_endpoints e on e.workspace_id = w.workspace_id and e.id = w.endpoint_id
    ), picked as materialized (
      select due.* from (select * from room where n > 0 order by random()) r cross join lateral (
        select d.workspace_id, d.id from webhook_deliveries d
        where d.workspace_id = r.workspace_id and d.endpoint_id = r.endpoint_id and d.state = 'pending'
          and d.due_at <= now() and (r.kind = 'standard' or not exists (
            select from webhook_deliveries s where s.workspace_id = d.workspace_id and s.endpoint_id = d.endpoint_id
              and s.state = 'sending' and s.scan_id = d.scan_id))
        order by d.due_at, d.sequence limit r.n for update skip locked
      ) due limit ${worker.most}
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

/** Gives back what a sender that died had claimed: it may have been sent, and is sent again. Returns how many. */
export async function reapDeliveries(sql: Sql): Promise<number> {
  const rows = await sql`
    with gone as materialized (
      select workspace_id, id from webhook_deliveries where state = 'sending' and lease_until < now()
      order by workspace_id, id limit 500 for update skip locked
    )
    update webhook_deliveries d set state = 'pending', lease_until = null, due_at = now() from gone
    where d.workspace_id = gone.workspace_id and d.id = gone.id returning 1`
  return rows.length
}
