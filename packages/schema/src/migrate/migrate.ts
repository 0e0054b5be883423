import { readFileSync, readdirSync } from 'node:fs'
import postgres from 'postgres'
import { applyMigration, digestOf } from './apply.ts'
import type { Migration } from './apply.ts'
import { setTimeouts } from './set-timeouts.ts'

export type { Migration } from './apply.ts'

/** The migrations of a folder in order: `0001_name.sql`, forward only. Another SQL file there is an error, not ignored. */
export const readMigrations = (folder: URL): Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      if (!/^\d{4}_[a-z0-9-]+\.sql$/.test(name))
        throw new Error(`${name} is no name for a migration: 0001_like-this.sql`)
      return { name, text: readFileSync(new URL(name, folder), 'utf8') }
    })

// Beside `src` and beside `dist`.
export const migrationsFolder = new URL(
  import.meta.url.endsWith('.ts') ? '../../migrations/' : '../migrations/',
  import.meta.url,
)

const lock = 7_307_297_361

/**
 * Brings a database up to date, file by file (apply.ts), under an advisory lock that other runs wait for. Then sets the
 * time-outs on the role, where they also hold behind a pooler. Returns the names it applied. A file that changed after it was
 * applied is an error.
 */
export async function migrate(
  url: string,
  migrations: Migration[] = readMigrations(migrationsFolder),
): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'assayer-migrate' } })
  try {
    await sql`select set_config(name, '0', false) from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`
    await sql`select pg_advisory_lock(${lock})`
    await sql`create table if not exists migrations (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`
    await sql`alter table migrations add column if not exists lowest_version text`
    const applied = new Map((await sql`select name, digest from migrations`).map((row) => [row.name, row.digest]))
    const done: string[] = []
    for (const migration of migrations) {
      const known = applied.get(migration.name)
      if (known !== undefined && known !== digestOf(migration.text))
        throw new Error(`migration ${migration.name} was changed after it was applied`)
      if (known !== undefined) continue
      await applyMigration(sql, migration)
      done.push(migration.name)
    }
    await setTimeouts(sql)
    return done
  } finally {
    await sql.end({ timeout: 2 })
  }
}
