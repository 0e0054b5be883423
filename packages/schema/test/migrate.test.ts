import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, migrationsFolder, readMigrations } from '../src/migrate/migrate.ts'
import type { Migration } from '../src/migrate/migrate.ts'
import { connect, lowestVersion, missingTimeouts } from '../src/store/index.ts'
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
  const run = migrate(db.url, [...known, next, { name: '9003_bad.sql', text: 'create table half (n integer)' }, wider])
  await waitingForLocks(db.sql)
  await waitingForLocks(db.sql, 0)
  expect(await db.sql`select n from next`).toHaveLength(1)
  await user.commit()
  expect(await run).toEqual([wider.name])
})

const index: Migration = {
  name: '9005_index.sql',
  text: '-- no transaction\ncreate index concurrently next_n on next (n);\n',
}
const applied = (migration: Migration) => [
  ...known,
  next,
  { name: '9003_bad.sql', text: 'create table half (n integer)' },
  wider,
  migration,
]
const wider = { name: '9004_wider.sql', text: 'alter table next add column m integer' }
const isValid = async (name: string) =>
  (await db.sql`select indisvalid as valid from pg_index where indexrelid = to_regclass(${name})`)[0]?.['valid'] as
    | boolean
    | undefined

test('an index is built beside writers; what a failed try left is built anew, what was built but not noted is kept', async () => {
  const writer = await hold(db.url)
  await writer.sql`insert into next values (1)`
  const run = migrate(db.url, applied(index))
  await waitingForLocks(db.sql)
  await db.sql`insert into next values (2)`
  await writer.commit()
  expect(await run).toEqual([index.name])
  await db.sql`delete from migrations where name = ${index.name}`
  expect([await migrate(db.url, applied(index)), await isValid('next_n')]).toEqual([[index.name], true])
  await db.sql`drop index next_n`
  await db.sql`delete from migrations where name = ${index.name}`
  await expect(db.sql.unsafe('create unique index concurrently next_n on next (n)')).rejects.toThrow(
    'could not create unique index',
  )
  expect(await isValid('next_n')).toBe(false)
  expect([await migrate(db.url, applied(index)), await isValid('next_n')]).toEqual([[index.name], true])
})

test.each(['create index next_m on next (m)', 'create index concurrently next_m on next (m); select 1'])(
  'a file without transaction must hold one concurrent statement: %s',
  async (text) => {
    const bad = { name: '9006_bad.sql', text: `-- no transaction\n${text}` }
    await expect(migrate(db.url, [...applied(index), bad])).rejects.toThrow('9006_bad.sql says "no transaction"')
    expect(await isValid('next_m')).toBeUndefined()
  },
)

test('a migration may ask for newer code: the highest of them counts', async () => {
  expect(await lowestVersion(db.sql)).toBeNull()
  const ask = (n: number, version: string) => ({
    name: `90${n}_ask.sql`,
    text: `-- lowest version: ${version}\nselect 1`,
  })
  await migrate(db.url, [...applied(index), ask(10, '0.9.0'), ask(11, '0.10.0'), ask(12, '0.2.0')])
  expect(await lowestVersion(db.sql)).toBe('0.10.0')
})

test('the role’s time-outs hold for whoever connects after the run', async () => {
  const sql = connect(db.url, { name: 'timeouts', max: 1 })
  expect(await missingTimeouts(sql)).toEqual([])
  await sql`set lock_timeout = '3s'`
  await sql`set statement_timeout = 0`
  expect((await missingTimeouts(sql)).toSorted()).toEqual(['lock_timeout', 'statement_timeout'])
  await sql`reset all`
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
