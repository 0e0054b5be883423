import type { AttemptKey } from './claim-shard.ts'
import type { Sql } from './connect.ts'

/** Attempts that run under this worker's id though it does not run them: claims whose reply was lost on its way. */
export async function unheardClaims(sql: Sql, workerId: string, running: AttemptKey[]): Promise<AttemptKey[]> {
  return await sql<AttemptKey[]>`
    select s.workspace_id as "workspaceId", s.scan_id as "scanId", s.id as "shardId", s.attempt from shards s
    where s.state = 'running' and s.worker_id = ${workerId} and not exists (
      select from jsonb_to_recordset(${sql.json(running)}) as a ("shardId" uuid, attempt integer)
      where a."shardId" = s.id and a.attempt = s.attempt)`
}
