import type { Sql } from './connect.ts'

/** The workspace of that name, made with `id` if it is not there yet. */
export async function ensureWorkspace(sql: Sql, name: string, id: string): Promise<string> {
  await sql`insert into workspaces (id, name) values (${id}, ${name}) on conflict (name) do nothing`
  const [row] = await sql<{ id: string }[]>`select id from workspaces where name = ${name}`
  if (!row) throw new Error('the workspace vanished')
  return row.id
}
