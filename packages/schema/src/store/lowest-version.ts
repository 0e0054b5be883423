import { isOlder } from '../version.ts'
import type { Sql } from './connect.ts'

/** The lowest version of the code that may use this database: the highest that a migration asks for, null when none does. */
export async function lowestVersion(sql: Sql): Promise<string | null> {
  const rows = await sql<{ version: string }[]>`
    select distinct lowest_version as version from migrations where lowest_version is not null`
  return rows
    .map(({ version }) => version)
    .reduce((a, b) => (a !== null && isOlder(b, a) ? a : b), null as string | null)
}
