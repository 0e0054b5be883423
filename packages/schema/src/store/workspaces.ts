import { defaultProfile } from '../scan-order.ts'
import type { Sql } from './connect.ts'

/** The workspace of that name, made with `id` if it is not there yet, and so is its default profile. */
export async function ensureWorkspace(sql: Sql, name: string, id: string): Promise<string> {
  await sql`
    with made as (
      insert into workspaces (id, name) values (${id}, ${name}) on conflict (name) do nothing returning id
    )
    insert into profiles (workspace_id, id, name)
    select id, id, ${defaultProfile} from (select id from made union select id from workspaces where name = ${name}) w
    on conflict do nothing`
  const [row] = await sql<{ id: string }[]>`select id from workspaces where name = ${name}`
  if (!row) throw new Error('the workspace vanished')
  return row.id
}
