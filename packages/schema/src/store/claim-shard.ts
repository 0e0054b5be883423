import type { Limits } from '../limits.ts'
import { clockWentBack } from './clock-went-back.ts'
import type { Sql } from './connect.ts'
import { keptForLost } from './kept-for-lost.ts'
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
  /** Of the texts of custom templates, in the order of their ids; null for installed ones. */
  sourceDigests: string[] | null
  templateRequests: number
  hosts: string[]
  traceparent: string | null
  queuedMs: number
}

/**
 * Claims at most one due shard: of the workspaces with due work the one with the fewest running shards goes first, priority
 * orders inside a workspace. The row lock skips what another worker is claiming. Lease and both limits are by the
 * database's clock. `alone` says that this worker runs nothing else, which a shard with losses needs and in the end gets
 * (`keptForLost`); until it has been
 * due for ten seconds a shard given back or lost also avoids the worker that had it. A scan that was ordered with another bundle
 * of templates than this worker's is left to those that have it, as long as one of them lives and claims.
 *
 * A shard one of whose hosts a running attempt has is passed over and keeps its place. One that is first in its workspace and has
 * been due for a minute reserves its hosts: others that would meet it are passed over too, so that its hosts become free
 * together.
 *
 * Claims that could meet (a host, or a scan that bounds its running shards) wait for each other's commit before they take
 * their turn, so that an attempt which does not see another in `mustYield` has the smaller turn. 256 locks do for all hosts:
 * two that share one by chance only wait a little.
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
    ), running as materialized (
      select workspace_id, scan_id, count(*) as n from shards where state = 'running' group by workspace_id, scan_id
    ), busy as (
      select workspace_id, sum(n) as n from running group by workspace_id
    ), full_scans as materialized (
      select o.workspace_id, o.scan_id from running r join scan_orders o using (workspace_id, scan_id)
      where r.n >= (o.limits->>'parallelShards')::integer
    ), elsewhere as (
      select distinct other.bundle_digest from workers me
      join workers other on other.bundle_digest is distinct from me.bundle_digest
      where me.id = ${worker.id} and other.beat_at > now() - interval '15 seconds' and not other.draining
    ), left_to_others as materialized (
      select theirs.workspace_id, theirs.scan_id from elsewhere cross join lateral (
        select o.workspace_id, o.scan_id from scans c
        join scan_orders o on o.workspace_id = c.workspace_id and o.scan_id = c.id
        where c.finished_at is null and o.bundle_digest = elsewhere.bundle_digest offset 0
      ) theirs
    ), busy_hosts as materialized (
      select unnest(d.hosts) as host from shards r
      join shard_orders d on d.workspace_id = r.workspace_id and d.scan_id = r.scan_id and d.shard_id = r.id
      where r.state = 'running'
    ), kept as materialized (
      select ${worker.alone ? sql`false` : keptForLost(sql, worker.id, sql`busy_hosts`)} as it
    ), in_line as materialized (
      select first.* from waiting w cross join lateral (
        select s.workspace_id, s.scan_id, s.id, s.due_at from shards s
        where s.workspace_id = w.workspace_id and s.state = 'queued'
        order by s.priority desc, s.placed_at, s.id limit 1
      ) first
      where first.due_at < now() - interval '1 minute'
        and (first.workspace_id, first.scan_id) not in (select workspace_id, scan_id from full_scans)
        and (first.workspace_id, first.scan_id) not in (select workspace_id, scan_id from left_to_others)
    ), reserved_hosts as materialized (
      select unnest(d.hosts) as host from in_line l
      join shard_orders d on d.workspace_id = l.workspace_id and d.scan_id = l.scan_id and d.shard_id = l.id
    ), turn as (
      select w.workspace_id from waiting w left join busy b using (workspace_id)
      where w.workspace_id is not null order by coalesce(b.n, 0), random()
    ), picked as materialized (
      select due.* from turn cross join lateral (
        select s.workspace_id, s.scan_id, s.id from shards s
        where s.workspace_id = turn.workspace_id and s.state = 'queued' and (s.due_at <= now() or ${clockWentBack(sql, sql`s.due_at`)})
          and (s.losses = 0 or ${worker.alone}) and not (select it from kept)
          and (s.avoid_worker_id is distinct from ${worker.id}::uuid or s.due_at < now() - interval '10 seconds'
            or ${clockWentBack(sql, sql`s.due_at`)})
          and (s.workspace_id, s.scan_id) not in (select workspace_id, scan_id from full_scans)
          and (s.workspace_id, s.scan_id) not in (select workspace_id, scan_id from left_to_others)
          and not exists (
            select from shard_orders d cross join unnest(d.hosts) as at (host)
            where d.workspace_id = s.workspace_id and d.scan_id = s.scan_id and d.shard_id = s.id
              and (at.host in (select host from busy_hosts)
                or at.host in (select host from reserved_hosts) and s.id not in (select id from in_line)))
        order by s.priority desc, s.placed_at, s.id limit 1 for update of s skip locked
      ) due limit 1
    ), lined_up as materialized (
      select picked.*, (
        select count(pg_advisory_xact_lock(7307, bucket)) from (
          select distinct hashtext(met) & 255 as bucket from (
            select unnest(d.hosts) as met from shard_orders d
            where d.workspace_id = picked.workspace_id and d.scan_id = picked.scan_id and d.shard_id = picked.id
            union all select o.scan_id::text from scan_orders o
            where o.workspace_id = picked.workspace_id and o.scan_id = picked.scan_id
              and o.limits->>'parallelShards' is not null
          ) m order by bucket
        ) b) as locks
      from picked
    ), claimed as (
      update shards s set state = 'running', attempt = s.attempt + 1, worker_id = ${worker.id},
        session_key = ${worker.sessionKey}::bigint, claimed_at = now(), claim_turn = nextval('claim_turns'),
        lease_until = now() + ${worker.leaseMs} * interval '1 millisecond',
        soft_limit_at = now() + (o.limits->>'softLimitSeconds')::integer * interval '1 second',
        hard_limit_at = now() + (o.limits->>'hardLimitSeconds')::integer * interval '1 second',
        percent = 0, requests = 0, errors = 0, unconfirmed = 0, templates_loaded = null
      from lined_up l, scan_orders o
      where s.workspace_id = l.workspace_id and s.scan_id = l.scan_id and s.id = l.id and l.locks >= 0
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
      t.source_digests as "sourceDigests",
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
 * True when this attempt must yield: another running attempt meets one of its hosts and took its turn first, or as many
 * of its scan as may run at once did. To be asked once, after the claim committed, in a statement of its own: of two that
 * meet exactly one yields, whatever their timing and the clock's.
 */
export async function mustYield(sql: Sql, shard: AttemptKey): Promise<boolean> {
  const rows = await sql`
    with earlier as (
      select other.scan_id, theirs.hosts && mine.hosts as meets, (o.limits->>'parallelShards')::integer as bound
      from shards me
      join shard_orders mine on mine.workspace_id = me.workspace_id and mine.scan_id = me.scan_id and mine.shard_id = me.id
      join scan_orders o on o.workspace_id = me.workspace_id and o.scan_id = me.scan_id
      join shards other on other.state = 'running' and other.claim_turn < me.claim_turn
      join shard_orders theirs on theirs.workspace_id = other.workspace_id and theirs.scan_id = other.scan_id
        and theirs.shard_id = other.id
      where me.workspace_id = ${shard.workspaceId} and me.scan_id = ${shard.scanId} and me.id = ${shard.shardId}
        and me.state = 'running' and me.attempt = ${shard.attempt}
    )
    select from earlier
    having bool_or(meets) or count(*) filter (where scan_id = ${shard.scanId}) >= min(bound)`
  return rows.length > 0
}
