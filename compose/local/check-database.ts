import postgres from 'postgres'
import { LocalError } from './local-error.ts'
import { within } from './within.ts'

const FLOOR = 150_000

/**
 * Asks the PostgreSQL at `url` for its version, for example `18.4`, within 10 s. Throws LocalError, which names `what`
 * and never the password, when it does not answer or is older than 15.
 */
export async function checkDatabase(url: string, what: string): Promise<string> {
  const found = await askVersion(url, what)
  if (found.number < FLOOR) {
    throw new LocalError(
      `${what} names a PostgreSQL ${found.version}: use 15 or newer, or unset it for an embedded one.`,
    )
  }
  return found.version
}

async function askVersion(url: string, what: string): Promise<{ number: number; version: string }> {
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new LocalError(`${what} must look like postgres://user:password@host:port/database.`)
  try {
    return await withDatabase(url, async (sql) => {
      const ask = sql<{ number: number; version: string }[]>`
        select current_setting('server_version_num')::int as number, split_part(current_setting('server_version'), ' ', 1) as version`
      const rows = await within(10_000, ask)
      if (rows === 'late') throw new Error('no answer within 10 s')
      const [row] = rows
      if (row === undefined) throw new Error('no version')
      return row
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new LocalError(
      `PostgreSQL does not answer at ${what} (${why}): start it, or unset ${what} for an embedded one.`,
    )
  }
}

/** Runs `work` with one connection to the database, which is closed afterwards. */
export async function withDatabase<Value>(url: string, work: (sql: postgres.Sql) => Promise<Value>): Promise<Value> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 0 })
  }
}
