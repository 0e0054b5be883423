import type { Sql } from './connect.ts'

/** The targets of a scan as they were ordered; with `unfinished` only those that some shard did not cover. */
export async function orderedTargets(
  sql: Sql,
  workspaceId: string,
  scanId: string,
  unfinished: boolean,
): Promise<string[]> {
  const rows = await sql<{ ordered: string }[]>`
    select t.ordered from scan_targets t
    where t.workspace_id = ${workspaceId} and t.scan_id = ${scanId}
      and (${!unfinished} or exists (select from shard_targets d where d.workspace_id = t.workspace_id
        and d.scan_id = t.scan_id and d.ordinal = t.ordinal and d.coverage <> 'covered'))
    order by t.ordinal`
  return rows.map(({ ordered }) => ordered)
}
