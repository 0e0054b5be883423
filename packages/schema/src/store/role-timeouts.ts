import type { Sql } from './connect.ts'

/** The most that the role which api and worker use may have set, in ms. The migration job sets them; behind a pooler nothing else can. */
const roleTimeouts = { statement_timeout: 10_000, lock_timeout: 2000, idle_in_transaction_session_timeout: 10_000 }

/** The time-outs that this connection's role lacks, or has longer than agreed; empty when all hold. */
export async function missingTimeouts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: keyof typeof roleTimeouts; ms: number }[]>`
    select name, setting::integer as ms from pg_settings where name = any(${Object.keys(roleTimeouts)}::text[])`
  return rows.filter(({ name, ms }) => ms === 0 || ms > roleTimeouts[name]).map(({ name }) => name)
}
