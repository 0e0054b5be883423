import type { AttemptKey } from './claim-shard.ts'
import { clockWentBack } from './clock-went-back.ts'
import type { Sql } from './connect.ts'
import { dueAfterLoss } from './due-after-loss.ts'

export type Suspect = AttemptKey & { sessionKey: string | null; lease: string; expired: boolean; orphaned: boolean }

/** Which session this is and how long it lives: a server that just restarted has freed every lock. */
export async function sessionAge(sql: Sql): Promise<{ id: string; ageMs: number }> {
  const [row] = await sql<{ id: string; ageMs: number }[]>`
    select pid || '@' || backend_start::text as id,
      extract(epoch from clock_timestamp() - backend_start)::float8 * 1000 as "ageMs"
    from pg_stat_activity where pid = pg_backend_pid()`
  if (!row) throw new Error('this session is not in pg_stat_activity')
  return row
}

/**
 * Running attempts that may be lost: their lease has passed (or a clock set back moved its end far ahead), or nobody holds the session key they run under. One look
 * decides nothing; the reaper acts on what several looks of one session agree on.
 */
export async function findSuspects(sql: Sql, limit = 1000): Promise<Suspect[]> {
  return await sql<Suspect[]>`
    with keys as materialized (
      select (l.classid::bigint << 32) | l.objid::bigint as key from pg_locks l
      where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
    ), seen as (
      select *, lease_until < clock_timestamp() or ${clockWentBack(sql, sql`lease_until`)} as expired,
        session_key is not null and session_key not in (select key from keys) as orphaned
      from shards where state = 'running'
    )
    select workspace_id as "workspaceId", scan_id as "scanId", id as "shardId", attempt,
      session_key::text as "sessionKey", lease_until::text as lease, expired, orphaned
    from seen where expired or orphaned
    order by lease_until limit ${limit}`
}

/**
 * Takes suspects back, each only while it is still the same attempt under the same lease or session key: to `queued`, due at
 * once after a first loss and later after more, `held` or `cancelled` as the scan wants, or `dead` at the third loss.
 * It is the only way back from `running` besides finish and release. May take back an attempt whose worker still lives; its
 * next write is fenced. Returns what was taken, with the state it went to.
 */
export async function reapShards(sql: Sql, suspects: Suspect[]): Promise<(AttemptKey & { state: string })[]> {
  return await sql<(AttemptKey & { state: string })[]>`
    with lost as materialized (
      select s.*, q.expired from shards s join jsonb_to_recordset(${sql.json(suspects)})
        as q ("workspaceId" uuid, "scanId" uuid, "shardId" uuid, attempt integer, "sessionKey" bigint, lease timestamptz,
          expired boolean)
        on s.workspace_id = q."workspaceId" and s.scan_id = q."scanId" and s.id = q."shardId" and s.attempt = q.attempt
      where s.state = 'running' and case when q.expired then s.lease_until = q.lease else s.session_key = q."sessionKey" end
      order by s.workspace_id, s.scan_id, s.id limit 100
      for no key update of s skip locked
    ), next as (
      select lost.*, case when c.cancel_requested_at is not null then 'cancelled' when lost.losses >= 2 then 'dead'
        when c.pause_requested_at is not null then 'held' else 'queued' end as follows
      from lost join scans c on c.workspace_id = lost.workspace_id and c.id = lost.scan_id
    ), decided as materialized (
      select next.id, f.unconfirmed from next, decide_findings(next.workspace_id, next.scan_id, next.id, null) f
      where next.follows in ('cancelled', 'dead')
    ), left_out as (
      update shard_targets t set coverage = 'skipped', reason = case next.follows when 'dead' then 'shards-dead' else 'cancelled' end
      from next where next.follows in ('cancelled', 'dead') and t.workspace_id = next.workspace_id
        and t.scan_id = next.scan_id and t.shard_id = next.id and t.coverage = 'pending'
    ), attempted as (
      update attempts a set ended_at = now(), outcome = 'lost',
        detail = jsonb_build_object('why', case when lost.expired then 'lease-expired' else 'session-gone' end)
      from lost where a.workspace_id = lost.workspace_id and a.scan_id = lost.scan_id and a.shard_id = lost.id
        and a.number = lost.attempt
    )
    update shards s set state = next.follows, losses = s.losses + 1, lease_until = null, session_key = null,
      avoid_worker_id = s.worker_id,
      due_at = ${dueAfterLoss(sql)},
      ended_at = case when next.follows in ('cancelled', 'dead') then now() end,
      reason = case when next.follows = 'dead' then '{"code": "shards-dead", "detail": "lost three times"}'::jsonb end,
      unconfirmed = coalesce((select d.unconfirmed from decided d where d.id = s.id), s.unconfirmed)
    from next where s.workspace_id = next.workspace_id and s.scan_id = next.scan_id and s.id = next.id
    returning s.workspace_id as "workspaceId", s.scan_id as "scanId", s.id as "shardId", s.attempt, s.state`
}
