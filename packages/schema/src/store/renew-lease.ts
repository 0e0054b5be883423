import type { AttemptKey } from './claim-shard.ts'
import { deadlineOf } from './end-late-scans.ts'
import type { Sql } from './connect.ts'

/**
 * Renews the leases of all a worker's attempts in one statement and returns the keys of those that are still its own; the
 * rest are fenced. A lease never reaches past the hard limit by more than ten seconds.
 */
export async function renewLeases(
  sql: Sql,
  worker: { id: string; sessionKey: string | null; leaseMs: number },
  attempts: AttemptKey[],
): Promise<AttemptKey[]> {
  return await sql<AttemptKey[]>`
    update shards s set session_key = ${worker.sessionKey}::bigint,
      lease_until = least(now() + ${worker.leaseMs} * interval '1 millisecond', s.hard_limit_at + interval '10 seconds')
    from jsonb_to_recordset(${sql.json(attempts)})
      as a ("workspaceId" uuid, "scanId" uuid, "shardId" uuid, attempt integer)
    where s.workspace_id = a."workspaceId" and s.scan_id = a."scanId" and s.id = a."shardId" and s.attempt = a.attempt
      and s.state = 'running' and s.worker_id = ${worker.id}
    returning s.workspace_id as "workspaceId", s.scan_id as "scanId", s.id as "shardId", s.attempt`
}

/** `late`: the scan's deadline has passed, pauses not counted. */
export type Control = AttemptKey & { cancel: boolean; late: boolean }

/** Which of these attempts still run under their number, and which scans asked for an end. One read a second a worker. */
export async function readControl(sql: Sql, attempts: AttemptKey[]): Promise<Control[]> {
  return await sql<Control[]>`
    select s.workspace_id as "workspaceId", s.scan_id as "scanId", s.id as "shardId", s.attempt,
      c.cancel_requested_at is not null as cancel, coalesce(${deadlineOf(sql)} < now(), false) as late
    from jsonb_to_recordset(${sql.json(attempts)})
      as a ("workspaceId" uuid, "scanId" uuid, "shardId" uuid, attempt integer)
    join shards s on s.workspace_id = a."workspaceId" and s.scan_id = a."scanId" and s.id = a."shardId"
      and s.attempt = a.attempt and s.state = 'running'
    join scans c on c.workspace_id = s.workspace_id and c.id = s.scan_id
    join scan_orders o on o.workspace_id = c.workspace_id and o.scan_id = c.id`
}

export type Progress = {
  percent: number
  requests: number
  errors: number
  templatesLoaded: number | null
  unconfirmed: number
}

/** Writes how far an attempt is. Returns false when it is fenced. */
export async function writeProgress(sql: Sql, key: AttemptKey, progress: Progress): Promise<boolean> {
  const rows = await sql`
    update shards set percent = greatest(percent, ${progress.percent}), requests = ${progress.requests},
      errors = ${progress.errors}, templates_loaded = ${progress.templatesLoaded}, unconfirmed = ${progress.unconfirmed}
    where workspace_id = ${key.workspaceId} and scan_id = ${key.scanId} and id = ${key.shardId}
      and attempt = ${key.attempt} and state = 'running'
    returning 1`
  return rows.length > 0
}
