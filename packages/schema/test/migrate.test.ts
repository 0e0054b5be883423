import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, migrationsFolder, readMigrations } from '../src/migrate/migrate.ts'
import type { Migration } from '../src/migrate/migrate.ts'
import { connect } from '../src/store/index.ts'
import { hold, waitingForLocks } from './store-fixture.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const known = readMigrations(migrationsFolder)
const next: Migration = { name: '9001_next.sql', text: 'create table next (n integer); insert into next values (1)' }

test('a database that is up to date is left as it is', async () => {
  expect(await migrate(db.url)).toEqual([])
  const rows = await db.sql`select name from migrations order by name`
  expect(rows.map((row) => row['name'])).toEqual(known.map(({ name }) => name))
})

test('of five runs at once one applies what is new, and the others wait for it', async () => {
  const done = await Promise.all([1, 2, 3, 4, 5].map(() => migrate(db.url, [...known, next])))
  expect(done.flat()).toEqual([next.name])
  expect(await db.sql`select n from next`).toHaveLength(1)
})

test('a run waits for another one longer than the role may wait for a lock', async () => {
  const other = await hold(db.url)
  await other.sql`select pg_advisory_xact_lock(7307297361)`
  const run = migrate(db.url, [...known, next])
  await waitingForLocks(db.sql)
  await other.sql`select pg_sleep(2.5)`
  await other.commit()
  expect(await run).toEqual([])
})

test('a file that changed after it was applied is refused, and nothing behind it is applied', async () => {
  const changed = { ...next, text: `${next.text} -- changed` }
  const later = { name: '9002_later.sql', text: 'create table later (n integer)' }
  await expect(migrate(db.url, [...known, changed, later])).rejects.toThrow(
    '9001_next.sql was changed after it was applied',
  )
  expect(await db.sql`select from pg_tables where tablename = 'later'`).toHaveLength(0)
})

test('a file with a fault is rolled back whole and named in no list', async () => {
  const bad = { name: '9003_bad.sql', text: 'create table half (n integer); select 1 / 0' }
  await expect(migrate(db.url, [...known, next, bad])).rejects.toThrow('division by zero')
  expect(await db.sql`select from pg_tables where tablename = 'half'`).toHaveLength(0)
  expect(await db.sql`select from migrations where name = ${bad.name}`).toHaveLength(0)
  expect(await migrate(db.url, [...known, next, { ...bad, text: 'create table half (n integer)' }])).toEqual([bad.name])
})

test('a table in use is tried again, so that nobody queues behind the migration for long', async () => {
  const user = await hold(db.url)
  await user.sql`select count(*) from next`
  const wider = { name: '9004_wider.sql', text: 'alter table next add column m integer' }
  const run = migrate(db.url, [...known, next, { name: '9003_bad.sql', text: 'create table half (n integer)' }, wider])
  await waitingForLocks(db.sql)
  await waitingForLocks(db.sql, 0)
  expect(await db.sql`select n from next`).toHaveLength(1)
  await user.commit()
  expect(await run).toEqual([wider.name])
})

test('the role’s time-outs hold for whoever connects after the run', async () => {
  const sql = connect(db.url, { name: 'timeouts', max: 1 })
  const shown = await sql`select name, setting::integer as ms from pg_settings
    where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`
  await sql.end()
  expect([...shown]).toEqual([
    { name: 'idle_in_transaction_session_timeout', ms: 10_000 },
    { name: 'lock_timeout', ms: 2000 },
    { name: 'statement_timeout', ms: 10_000 },
  ])
})

test('every foreign key has an index that begins with its columns', async () => {
  const bare = await db.sql`
    select c.conrelid::regclass as table, c.conname from pg_constraint c
    where c.contype = 'f' and not exists (
      select from pg_index i where i.indrelid = c.conrelid and i.indpred is null
        and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)`
  expect([...bare]).toEqual([])
})
