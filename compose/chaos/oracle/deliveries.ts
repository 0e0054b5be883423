import { formatId } from '@assayer/schema'
import type { Check } from './database.ts'

/** Each terminal event has one delivery for each enabled endpoint that asked for it before. */
export const eachTold: Check = async ({ sql, receivers }) => {
  if (receivers.all().length === 0) return []
  const rows = await sql<{ id: string; kind: string; n: number }[]>`
    select o.id, o.kind, count(d.id)::integer as n from outbox o
    join webhook_endpoints e on e.workspace_id = o.workspace_id and e.enabled and o.kind = any(e.types) and e.created_at < o.created_at
    left join webhook_deliveries d on d.workspace_id = o.workspace_id and d.endpoint_id = e.id and d.event_id = o.id
    where o.kind in ('scan.completed', 'scan.partial', 'scan.failed', 'scan.cancelled')
    group by o.id, o.kind, e.id having count(d.id) <> 1`
  return rows.map(({ id, kind, n }) => `${kind} ${id} has ${n} deliveries at an endpoint that asked for it`)
}

/** Each event is told, and each delivery has ended: delivered, or dead with the tries that failed, or with its endpoint. */
export const deliveriesEnded: Check = async ({ sql, receivers }) => {
  // A row that only plays with the store has endpoints whom nobody delivers to.
  if (receivers.all().length === 0) return []
  const untold = await sql<{ id: string; kind: string }[]>`
    select id, kind from outbox where told_at is null and exists (select from webhook_endpoints)`
  const rows = await sql<{ id: string; type: string; state: string; tries: number }[]>`
    select d.id, d.type, d.state, d.tries::integer from webhook_deliveries d
    join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
    where d.state in ('pending', 'sending') or (jsonb_array_length(d.log) = 0 and not (d.state = 'dead' and not e.enabled))
      or jsonb_array_length(d.log) <> least(d.tries, 30)`
  return [
    ...untold.map(({ id, kind }) => `${kind} ${id} was told to nobody`),
    ...rows.map(
      ({ id, type, state, tries }) =>
        `delivery ${id} of ${type} is ${state} after ${tries} tries, or its log is not whole`,
    ),
  ]
}

/** What receivers got was signed, under an id that was the event's and with one body at every try; what reads delivered was got. */
export const idsStable: Check = async ({ sql, receivers }) => {
  const rows = await sql<{ endpointId: string; eventId: string; state: string }[]>`
    select endpoint_id as "endpointId", event_id as "eventId", state from webhook_deliveries`
  return receivers.all().flatMap(({ endpointId, url, posts, wrong }) => {
    const mine = rows.filter((row) => formatId('webhook-endpoint', row.endpointId) === endpointId)
    const known = new Set(mine.map(({ eventId }) => formatId('event', eventId)))
    const bodies = Map.groupBy(posts, ({ id }) => id)
    const delivered = mine.filter(({ state }) => state === 'delivered').map(({ eventId }) => formatId('event', eventId))
    return [
      ...wrong,
      ...[...bodies.keys()].filter((id) => !known.has(id)).map((id) => `${url} got ${id}, which is no event of its`),
      ...[...bodies]
        .filter(([, tries]) => new Set(tries.map(({ body }) => body)).size > 1)
        .map(([id]) => `${url} got ${id} with different bodies`),
      ...delivered.filter((id) => !bodies.has(id)).map((id) => `${id} reads delivered, and ${url} never got it`),
    ]
  })
}
