import { parseId } from '@assayer/schema'
import type { World } from '../world.ts'

/** Says in sentences what is wrong; none when all is well. */
export type Check = (world: World) => Promise<string[]>

/** Each 202 has its scan, and no order was refused. */
export const acceptedKept: Check = async ({ sql, ledger }) => {
  const rows = await sql<{ id: string; key: string | null }[]>`select id, labels->>'order' as key from scans`
  const keyOf = new Map(rows.map(({ id, key }) => [id, key]))
  const lost = ledger.accepted().filter(({ id, key }) => keyOf.get(parseId('scan', id) ?? '') !== key)
  return [...ledger.refusals(), ...lost.map(({ id }) => `${id} was accepted and is not there`)]
}

/** Each order, answered or not, has one scan at most. */
export const orderedOnce: Check = async ({ sql }) => {
  const rows = await sql<{ key: string; n: number }[]>`
    select labels->>'order' as key, count(*)::integer as n from scans group by 1 having count(*) > 1`
  return rows.map(({ key, n }) => `the order ${key} made ${n} scans`)
}

/** Each scan and each shard has ended. */
export const allEnded: Check = async ({ sql }) => {
  const scans = await sql<{ id: string; state: string }[]>`select id, state from scans where finished_at is null`
  const shards = await sql<{ id: string; state: string; attempt: number; hosts: string }[]>`
    select s.id, s.state, s.attempt, o.hosts::text as hosts from shards s
    join shard_orders o on o.shard_id = s.id where s.ended_at is null`
  return [
    ...scans.map(({ id, state }) => `scan ${id} is still ${state}`),
    ...shards.map(({ id, state, attempt, hosts }) => `shard ${id} of ${hosts} is still ${state} at attempt ${attempt}`),
  ]
}

/** Findings of ended shards are decided; those that count were seen by the last attempt, and the counts are theirs. */
export const findingsDecided: Check = async ({ sql }) => {
  const undecided = await sql<{ id: string }[]>`
    select f.id from findings f join scans c on c.id = f.scan_id where c.finished_at is not null and f.confirmed is null`
  const stale = await sql<{ id: string; attempt: number; last: number }[]>`
    select f.id, f.attempt, s.attempt as last from findings f join shards s on s.id = f.shard_id
    where f.confirmed and (f.attempt <> s.attempt or s.state in ('dead', 'cancelled') and not exists (
      select from attempts a where a.shard_id = s.id and a.number = s.attempt and a.outcome = 'cancelled'))`
  const miscounted = await sql<{ id: string; counted: number; there: number }[]>`
    select s.id, (s.critical + s.high + s.medium + s.low + s.info + s.unknown) as counted, n.there from shards s
    cross join lateral (select count(*)::integer as there from findings f where f.shard_id = s.id and f.confirmed) n
    where s.ended_at is not null and s.critical + s.high + s.medium + s.low + s.info + s.unknown <> n.there`
  return [
    ...undecided.map(({ id }) => `finding ${id} of an ended scan is not decided`),
    ...stale.map(({ id, attempt, last }) => `finding ${id} counts, seen by attempt ${attempt} of ${last}`),
    ...miscounted.map(({ id, counted, there }) => `shard ${id} counts ${counted} findings and has ${there}`),
  ]
}

/** Runs name themselves in one of their findings: what the fake's last run at a host saw counts, and nothing of a run before. */
export const onlyLastRunCounts: Check = async ({ sql, sites }) => {
  const rows = await sql<{ host: string; run: string; scanId: string }[]>`
    select host, extracted_results->>0 as run, scan_id as "scanId" from findings
    where confirmed and extracted_results->>0 ~ '^\\d+-\\d+$'`
  const wrong = [...Map.groupBy(rows, ({ host, scanId }) => `${host} ${scanId}`)].filter(([, runs]) => runs.length > 1)
  const unknown = rows.filter(({ host, run }) => !sites.visits(host).some((visit) => visit.run === run))
  return [
    ...wrong.map(([host, runs]) => `${host}: findings of ${runs.length} runs count`),
    ...unknown.map(({ host, run }) => `${host}: a finding of run ${run} counts, which never asked`),
  ]
}

/** Each ended scan has one terminal event, of its state. */
export const oneTerminalEvent: Check = async ({ sql }) => {
  const rows = await sql<{ id: string; state: string; kinds: string[] }[]>`
    select c.id, c.state, array_remove(array_agg(o.kind), null) as kinds from scans c
    left join outbox o on o.scan_id = c.id and o.kind in ('scan.completed', 'scan.partial', 'scan.failed', 'scan.cancelled')
    where c.finished_at is not null group by c.id, c.state`
  return rows
    .filter(({ state, kinds }) => kinds.length !== 1 || kinds[0] !== `scan.${state}`)
    .map(({ id, state, kinds }) => `scan ${id} is ${state} and its terminal events are: ${kinds.join(', ') || 'none'}`)
}

/** No target reads `covered`, and no scan `completed`, that cannot have been. */
export const neverFalselyClean: Check = async ({ sql, sites }) => {
  const coverable = sites.coverable()
  const covered = await sql<{ scanId: string; host: string; state: string }[]>`
    select distinct d.scan_id as "scanId", t.host, c.state from shard_targets d
    join scan_targets t on t.scan_id = d.scan_id and t.ordinal = d.ordinal join scans c on c.id = d.scan_id
    where d.coverage = 'covered'`
  const halved = await sql<{ id: string }[]>`
    select c.id from scans c where c.state = 'completed' and exists (
      select from shard_targets d where d.scan_id = c.id and d.coverage <> 'covered')`
  return [
    ...covered
      .filter(({ host }) => !coverable.has(host))
      .map(({ scanId, host }) => `${host} reads covered in ${scanId}`),
    ...halved.map(({ id }) => `scan ${id} is completed, and not all its targets are covered`),
  ]
}

/** Each lost attempt was hit by something that the row did, and a shard is dead only after three such hits. */
export const lossesExplained: Check = async ({ sql, excuse }) => {
  const lost = await sql<
    { workerId: string; hosts: string[]; number: number; shardId: string; why: string; at: number }[]
  >`
    select a.worker_id as "workerId", o.hosts, a.number, a.shard_id as "shardId", a.detail->>'why' as why,
      extract(epoch from a.claimed_at)::float8 * 1000 as at
    from attempts a join shard_orders o on o.shard_id = a.shard_id where a.outcome = 'lost'`
  const explained = ({ workerId, hosts, at }: (typeof lost)[number]) =>
    at <= (excuse.workers.get(workerId) ?? -1) || hosts.some((host) => excuse.hosts.has(host))
  const dead = await sql<{ id: string }[]>`select id from shards where state = 'dead'`
  const hits = Map.groupBy(lost.filter(explained), ({ shardId }) => shardId)
  return [
    ...lost
      .filter((one) => !explained(one))
      .map(
        ({ shardId, number, why }) => `attempt ${number} of shard ${shardId} was lost (${why}) though nothing hit it`,
      ),
    ...dead
      .filter(({ id }) => (hits.get(id)?.length ?? 0) < 3)
      .map(({ id }) => `shard ${id} is dead after ${hits.get(id)?.length ?? 0} hits`),
  ]
}
