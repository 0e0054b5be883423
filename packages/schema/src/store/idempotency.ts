import type { Sql } from './connect.ts'

/** The first answer under an idempotency key, but for `createdAt`, which the statement adds. */
export type AnswerToKeep = {
  key: string
  fingerprint: Uint8Array
  answer: Record<string, unknown>
  location: string
}

/** RFC 3339 in UTC with milliseconds, the form of every time in an answer. */
const rfc3339 = (sql: Sql) => sql`to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * The part of a creating statement that keeps its answer: an insert that returns a row when the key was free, or was last
 * used over 24 hours ago. Without a key it returns none.
 */
export const keepAnswer = (sql: Sql, workspaceId: string, status: number, kept: AnswerToKeep | null) => sql`
  insert into idempotency_keys as k (workspace_id, key, fingerprint, status, location, answer)
  select ${workspaceId}, ${kept?.key ?? null}::text, ${kept?.fingerprint ?? null}::bytea, ${status}, ${kept?.location ?? null}::text,
    ${sql.json((kept?.answer ?? null) as never)}::jsonb || jsonb_build_object('createdAt', ${rfc3339(sql)})
  where ${kept !== null}
  on conflict (workspace_id, key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
    location = excluded.location, answer = excluded.answer, created_at = now()
    where k.created_at <= now() - interval '24 hours'
  returning 1`

export type KeptAnswer = {
  fingerprint: Uint8Array
  status: number
  location: string | null
  answer: Record<string, unknown>
}

/** The answer kept for an idempotency key, up to 24 hours old. */
export async function keptAnswer(sql: Sql, workspaceId: string, key: string): Promise<KeptAnswer | null> {
  const [row] = await sql<KeptAnswer[]>`
    select fingerprint, status, location, answer from idempotency_keys
    where workspace_id = ${workspaceId} and key = ${key} and created_at > now() - interval '24 hours'`
  return row ?? null
}
