import type { Sql } from './connect.ts'

export type StoredKey = { workspaceId: string; id: string; name: string; permissions: string[]; secretHash: Uint8Array }

/** The live key of that id: neither expired nor revoked. Looked up before the workspace is known. */
export async function findKey(sql: Sql, id: string): Promise<StoredKey | null> {
  const [row] = await sql<StoredKey[]>`
    select workspace_id as "workspaceId", id, name, permissions, secret_hash as "secretHash" from api_keys
    where id = ${id} and revoked_at is null and (expires_at is null or expires_at > now())`
  return row ?? null
}
