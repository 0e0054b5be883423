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

/** What becomes of a key that is there: one that was last used over 24 hours ago is taken. */
const inPlaceOfOld = (sql: Sql) => sql`
  on conflict (workspace_id, key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
    location = excluded.location, answer = excluded.answer, created_at = now()
    where k.created_at <= now() - interval '24 hours'`

/**
 * The part of a creating statement that keeps its answer: an insert that returns a row when the key was free, or was last
 * used over 24 hours ago. Without a key it returns none.
 */
export const keepAnswer = (sql: Sql, workspaceId: string, status: number, kept: AnswerToKeep | null) => sql`
  insert into idempotency_keys as k (workspace_id, key, fingerprint, status, location, answer)
  select ${workspaceId}, ${kept?.key ?? null}::text, ${kept?.fingerprint ?? null}::bytea, ${status}, ${kept?.location ?? null}::text,
    ${sql.json((kept?.answer ?? null) as never)}::jsonb || jsonb_build_object('createdAt', ${rfc3339(sql)})
  where ${kept !== null}
  ${inPlaceOfOld(sql)} returning 1`

/**
 * The same of several orders, the rows of `given`, by what each brings as `idempotency`: it returns the locations of those whose key
 * was free. Where several bring one key, it is the first one's. Keys are taken in their order, so that two statements never wait for
 * each other.
 */
export const keepAnswers = (sql: Sql, workspaceId: string, status: number) => sql`
  insert into idempotency_keys as k (workspace_id, key, fingerprint, status, location, answer)
  select distinct on (idempotency->>'key') ${workspaceId}::uuid, idempotency->>'key', decode(idempotency->>'fingerprint', 'hex'),
    ${status}::smallint, idempotency->>'location', idempotency->'answer' || jsonb_build_object('createdAt', ${rfc3339(sql)})
  from given where idempotency is not null order by idempotency->>'key', "scanId"
  ${inPlaceOfOld(sql)} returning location`

/** The key that a POST which acts was sent with, and what it is bound to; null without one. */
export type ActKey = { key: string; fingerprint: Uint8Array } | null

/**
 * The part of an acting statement that takes its key: an insert that returns a row when the key was free, or was last used over
 * 24 hours ago. The answer follows by `answerAct`, as later statements make it; until then `begun` is what it needs to know of
 * the act. `from` names the rows, at most one, that can be acted on, and ends in a condition.
 */
export const keepAct = (
  sql: Sql,
  workspaceId: string,
  act: ActKey,
  begun: ReturnType<Sql>,
  from: ReturnType<Sql>,
) => sql`
  insert into idempotency_keys as k (workspace_id, key, fingerprint, status, location)
  select ${workspaceId}::uuid, ${act?.key ?? null}::text, ${act?.fingerprint ?? null}::bytea, 202, ${begun} ${from} and ${act !== null}
  on conflict (workspace_id, key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
    location = excluded.location, answer = null, created_at = now()
    where k.created_at <= now() - interval '24 hours'
  returning 1`

/** Whether a statement with the part `key` may act: without a key, or when it took it. */
export const mayAct = (sql: Sql, act: ActKey) => sql`(${act === null} or exists (select from key))`

/** Keeps the answer of an act under the key that it took; false when there is one already, or the key is another request's. */
export async function answerAct(
  sql: Sql,
  workspaceId: string,
  act: NonNullable<ActKey>,
  status: number,
  answer: Record<string, unknown>,
): Promise<boolean> {
  const rows = await sql`
    update idempotency_keys set status = ${status}, answer = ${sql.json(answer as never)}, location = null
    where workspace_id = ${workspaceId} and key = ${act.key} and fingerprint = ${act.fingerprint} and answer is null
    returning 1`
  return rows.length > 0
}

export type KeptAnswer = {
  fingerprint: Uint8Array
  status: number
  /** Of an act without an answer: what it began with. */
  location: string | null
  /** Null while an act has none yet. */
  answer: Record<string, unknown> | null
}

/** The answer kept for an idempotency key, up to 24 hours old. */
export async function keptAnswer(sql: Sql, workspaceId: string, key: string): Promise<KeptAnswer | null> {
  const [row] = await sql<KeptAnswer[]>`
    select fingerprint, status, location, answer from idempotency_keys
    where workspace_id = ${workspaceId} and key = ${key} and created_at > now() - interval '24 hours'`
  return row ?? null
}
