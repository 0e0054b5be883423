import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import postgres from 'postgres'

export type Migration = { name: string; text: string }

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

export const migrationsFolder = new URL('../../migrations/', import.meta.url)

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
const lock = 7_307_297_361

/**
 * Brings a database up to date: one transaction a file, under an advisory lock that other runs wait for, with a lock
 * time-out of a second and retries, so that no queue builds up behind a migration. Then sets the time-outs on the role,
 * where they also hold behind a pooler. Returns the names it applied. A file that changed after it was applied is an error.
 */
export async function migrate(
  url: string,
  migrations: Migration[] = readMigrations(migrationsFolder),
): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'assayer-migrate' } })
  try {
    await sql`set statement_timeout = 0`
    await sql`set lock_timeout = 0`
    await sql`select pg_advisory_lock(${lock})`
    await sql`create table if not exists migrations (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`
    const applied = new Map((await sql`select name, digest from migrations`).map((row) => [row.name, row.digest]))
    const done: string[] = []
    for (const { name, text } of migrations) {
      const known = applied.get(name)
      if (known !== undefined && known !== digestOf(text))
        throw new Error(`migration ${name} was changed after it was applied`)
      if (known !== undefined) continue
      await apply(sql, name, text)
      done.push(name)
    }
    await setTimeouts(sql)
    return done
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function apply(sql: postgres.Sql, name: string, text: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await sql.unsafe(`begin; set local lock_timeout = '1s'; ${text};
        insert into migrations (name, digest) values ('${name}', '${digestOf(text)}'); commit`)
      return
    } catch (error) {
      await sql.unsafe('rollback')
      const waited = error instanceof postgres.PostgresError && error.code === '55P03'
      if (!waited || tries === 30) throw error
      await new Promise((resolve) => setTimeout(resolve, 200 * tries))
    }
  }
}

async function setTimeouts(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`do $$ begin
    execute format('alter role %I in database %I set statement_timeout = ''10s''', current_user, current_database());
    execute format('alter role %I in database %I set lock_timeout = ''2s''', current_user, current_database());
    execute format('alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''', current_user, current_database());
  end $$`)
}
