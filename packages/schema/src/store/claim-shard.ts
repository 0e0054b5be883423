import type { Limits } from '../limits.ts'
import type { Sql } from './connect.ts'
import type { TemplateOrigin } from './templates.ts'

/** What names one attempt in every later write; `attempt` is the fencing token. */
export type AttemptKey = { workspaceId: string; scanId: string; shardId: string; attempt: number }

export type ClaimedShard = AttemptKey & {
  leaseUntil: Date
  softLimitMs: number
  hardLimitMs: number
  losses: number
  stalls: number
  memoryKills: number
  limits: Limits
  evidence: 'none' | 'redacted' | 'full'
  origin: TemplateOrigin
  templateIds: string[]
  templateRequests: number
  hosts: string[]
  traceparent: string | null
  queuedMs: number
}

/**
 * Claims at most one due shard: of the workspaces with due work the one with the fewest running shards goes first, priority
 * orders inside a workspace. The row lock skips what another worker is claiming. Lease and both limits are by the
 * database's clock. `alone` says that this worker runs nothing else, which a shard with losses needs; until it has waited a
 * minute such a shard also avoids the worker that lost it.
 */
export async function claimShard(
  sql: Sql,
  worker: { id: string; sessionKey: string | null; leaseMs: number; alone: boolean },
): Promise<ClaimedShard | null> {
  const [row] = await sql<ClaimedShard[]>`
    with recursive waiting as (
      (select workspace_id from shards where state = 'queued' order by workspace_id limit 1)
      union all
      select (select s.workspace_id from shards s where s.state = 'queued' and s.workspace_id > w.workspace_id
        order by s.workspace_id limit 1)
      from waiting w where w.workspace_id is not null
    ), running as (
      select workspace_id, count(*) as n from shards where state = 'running' group by workspace_id
    ), turn as (
      select w.workspace_id from waiting w left join running r using (workspace_id)
      where w.workspace_id is not null order by coalesce(r.n, 0), random()
    ), picked as materialized (
      select due.* from turn cross join lateral (
        select s.workspace_id, s.scan_id, s.id from shards s
        join scan_orders o on o.workspace_id = s.workspace_id and o.scan_id = s.scan_id
        where s.workspace_id = turn.workspace_id and s.state = 'queued' and s.due_at <= now()
          and (s.losses = 0 or ${worker.alone})
          and (s.avoid_worker_id is distinct from ${worker.id}::uuid or s.due_at < now() - interval '10 seconds')
          and (o.limits->>'parallelShards' is null or (o.limits->>'parallelShards')::integer > (
            select count(*) from shards p
            where p.workspace_id = s.workspace_id and p.scan_id = s.scan_id and p.state = 'running'))
        order by s.priority desc, s.due_at, s.id limit 1 for update of s skip locked
      ) due limit 1
    ), claimed as (
      update shards s set state = 'running', attempt = s.attempt + 1, worker_id = ${worker.id},
        session_key = ${worker.sessionKey}::bigint, claimed_at = now(),
        lease_until = now() + ${worker.leaseMs} * interval '1 millisecond',
        soft_limit_at = now() + (o.limits->>'softLimitSeconds')::integer * interval '1 second',
        hard_limit_at = now() + (o.limits->>'hardLimitSeconds')::integer * interval '1 second',
        percent = 0, requests = 0, errors = 0, unconfirmed = 0, templates_loaded = null
      from picked, scan_orders o
      where s.workspace_id = picked.workspace_id and s.scan_id = picked.scan_id and s.id = picked.id
        and o.workspace_id = s.workspace_id and o.scan_id = s.scan_id
      returning s.*, o.limits, o.evidence, o.traceparent
    ), tried as (
      insert into attempts (workspace_id, scan_id, shard_id, number, worker_id)
      select workspace_id, scan_id, id, attempt, worker_id from claimed
    )
    select c.workspace_id as "workspaceId", c.scan_id as "scanId", c.id as "shardId", c.attempt,
      c.lease_until as "leaseUntil", (c.limits->>'softLimitSeconds')::integer * 1000 as "softLimitMs",
      (c.limits->>'hardLimitSeconds')::integer * 1000 as "hardLimitMs", c.losses, c.stalls,
      c.memory_kills as "memoryKills", c.limits, c.evidence, t.origin, t.template_ids as "templateIds",
      t.requests as "templateRequests", o.hosts, c.traceparent,
      extract(epoch from now() - c.due_at)::float8 * 1000 as "queuedMs"
    from claimed c
    join shard_orders o on o.workspace_id = c.workspace_id and o.scan_id = c.scan_id and o.shard_id = c.id
    join template_sets t on t.workspace_id = c.workspace_id and t.scan_id = c.scan_id and t.ordinal = o.template_set`
  return row ?? null
}

export type ShardTarget = { ordinal: number; canonical: string }

/** The targets of a claimed shard, in the order they were ordered. */
export async function shardTargets(sql: Sql, shard: AttemptKey): Promise<ShardTarget[]> {
  return await sql<ShardTarget[]>`
    select d.ordinal, t.canonical from shard_targets d
    join scan_targets t on t.workspace_id = d.workspace_id and t.scan_id = d.scan_id and t.ordinal = d.ordinal
    where d.workspace_id = ${shard.workspaceId} and d.scan_id = ${shard.scanId} and d.shard_id = ${shard.shardId}
    order by d.ordinal`
}

/**
 * True when another running attempt meets one of the hosts and came first (claim time, then id): this one must yield.
 * To be asked after the claim committed, in a statement of its own, so that of two that meet each sees the other.
 */
export async function mustYield(sql: Sql, shard: AttemptKey): Promise<boolean> {
  const rows = await sql`
    select from shards me
    join shard_orders mine on mine.workspace_id = me.workspace_id and mine.scan_id = me.scan_id and mine.shard_id = me.id
    join shards other on other.state = 'running' and other.id <> me.id
      and (other.claimed_at, other.id) < (me.claimed_at, me.id)
    join shard_orders theirs on theirs.workspace_id = other.workspace_id and theirs.scan_id = other.scan_id
      and theirs.shard_id = other.id
    where me.workspace_id = ${shard.workspaceId} and me.scan_id = ${shard.scanId} and me.id = ${shard.shardId}
      and me.state = 'running' and me.attempt = ${shard.attempt} and theirs.hosts && mine.hosts
    limit 1`
  return rows.length > 0
}
