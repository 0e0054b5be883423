import { createHash } from 'node:crypto'
import postgres from 'postgres'

export type Migration = { name: string; text: string }

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const retries = 30

/**
 * Applies one file and notes it, with retries where it waited too long for a lock. Two comments in a file mean something:
 * - `-- no transaction`: it holds one statement with `concurrently`, which PostgreSQL runs in no transaction;
 * - `-- lowest version: 1.2.3`: older code may not run beside it (a contraction, as a dropped column).
 */
export async function applyMigration(sql: postgres.Sql, { name, text }: Migration): Promise<void> {
  const lowest = /^-- lowest version: (\d+\.\d+\.\d+)$/m.exec(text)?.[1]
  const note = `insert into migrations (name, digest, lowest_version)
    values ('${name}', '${digestOf(text)}', ${lowest === undefined ? 'null' : `'${lowest}'`})`
  const apply = /^-- no transaction$/m.test(text) ? await concurrently(sql, name, text) : inTransaction(sql, text)
  for (let tries = 1; ; tries++) {
    try {
      return await apply(note)
    } catch (error) {
      const waited = error instanceof postgres.PostgresError && error.code === '55P03'
      if (!waited || tries === retries) throw error
      await new Promise((resolve) => setTimeout(resolve, 200 * tries))
    }
  }
}

type Apply = (note: string) => Promise<void>

/** Waits a second for a lock at most: whoever needs the table queues behind it. */
const inTransaction =
  (sql: postgres.Sql, text: string): Apply =>
  async (note) => {
    try {
      await sql.unsafe(`begin; set local lock_timeout = '1s'; ${text}; ${note}; commit`)
    } catch (error) {
      await sql.unsafe('rollback')
      throw error
    }
  }

/**
 * Nobody queues behind a statement of this kind, but it waits for whoever is older: 15 s, longer than any statement of ours may
 * take. An index that a failed try left is invalid and dropped
 * before the next one; a valid one was made by a run that could not note it.
 */
async function concurrently(sql: postgres.Sql, name: string, text: string): Promise<Apply> {
  const statement = text
    .replaceAll(/^--.*$/gm, '')
    .trim()
    .replace(/;$/, '')
  if (statement.includes(';') || !/\bconcurrently\b/i.test(statement))
    throw new Error(`${name} says "no transaction": it must hold one statement with "concurrently"`)
  const index = /^create (?:unique )?index concurrently (\w+) on\b/i.exec(statement)?.[1]
  return async (note) => {
    await sql`set lock_timeout = '15s'`
    try {
      const [found] = await sql<{ valid: boolean }[]>`
        select indisvalid as valid from pg_index where indexrelid = to_regclass(${index ?? ''})`
      if (found?.valid === false) await sql`drop index concurrently ${sql(index ?? '')}`
      if (found?.valid !== true) await sql.unsafe(statement)
      await sql.unsafe(note)
    } finally {
      await sql`set lock_timeout = 0`
    }
  }
}
