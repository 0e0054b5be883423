import type { Sql } from './connect.ts'

/**
 * True where a worker that runs something must claim nothing more, as a lost shard waits for it, which could begin but for having to
 * run alone: none of its hosts is in `busyHosts`. A lost shard runs alone, and
 * under load no worker of several slots ever runs nothing by itself. So one that has been due for five seconds, with nothing
 * before it in its workspace, falls to the worker that runs least of those that live (they beat, and hold their session key), claim, run no lost shard and are not the
 * one that lost it; that number only falls meanwhile, so it comes to nothing running.
 */
export const keptForLost = (sql: Sql, workerId: string, busyHosts: ReturnType<Sql>) => sql`
  exists (select from shards lost
  where lost.state = 'queued' and lost.losses > 0 and lost.due_at < now() - interval '5 seconds'
    and not exists (
      select from shards before where before.workspace_id = lost.workspace_id and before.state = 'queued'
        and before.due_at <= now() and (before.priority > lost.priority
          or before.priority = lost.priority and before.placed_at < lost.placed_at))
    and not exists (
      select from shard_orders d cross join unnest(d.hosts) as at (host)
      where d.workspace_id = lost.workspace_id and d.scan_id = lost.scan_id and d.shard_id = lost.id
        and at.host in (select host from ${busyHosts}))
    and ${workerId}::uuid = (
      select w.id from workers w
      left join lateral (
        select count(*) as n, bool_or(r.losses > 0) as has_lost from shards r where r.state = 'running' and r.worker_id = w.id
      ) runs on true
      where w.beat_at > now() - interval '15 seconds' and not w.draining and w.id is distinct from lost.avoid_worker_id
        and runs.has_lost is not true and (w.session_key is null or exists (
          select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and (l.classid::bigint << 32) | l.objid::bigint = w.session_key))
      order by runs.n, w.id limit 1))`
