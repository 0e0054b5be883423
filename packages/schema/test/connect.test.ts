import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, isDatabaseAway, isDatabaseBusy } from '../src/store/index.ts'
import { hold } from './store-fixture.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

/** What a query failed with, as the store judges it. */
async function judged(query: Promise<unknown>): Promise<string> {
  const error = await query.then(
    () => null,
    (error: unknown) => error,
  )
  if (error === null) return 'answered'
  return isDatabaseAway(error) ? 'away' : isDatabaseBusy(error) ? 'busy' : 'fault'
}

/** A port of loopback at which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('statement and lock time-outs mean busy', async () => {
  const sql = connect(db.url, { name: 'busy', max: 1 })
  await sql`set statement_timeout = '50ms'`
  expect(await judged(sql`select pg_sleep(5)`)).toBe('busy')
  await sql`set statement_timeout = 0`
  await sql`set lock_timeout = '50ms'`
  const holder = await hold(db.url)
  await holder.sql`lock table workspaces`
  expect(await judged(sql`select from workspaces`)).toBe('busy')
  await holder.commit()
  expect(await judged(sql`select 1`)).toBe('answered')
  await sql.end()
})

test('a killed backend and a pool that was ended mean away, and the pool connects anew', async () => {
  const sql = connect(db.url, { name: 'killed', max: 1 })
  const [me] = await sql`select pg_backend_pid() as pid`
  const sleeping = judged(sql`select pg_sleep(5)`)
  await expect
    .poll(() => db.sql`select from pg_stat_activity where pid = ${me?.['pid']} and wait_event = 'PgSleep'`)
    .toHaveLength(1)
  await db.sql`select pg_terminate_backend(${me?.['pid']})`
  expect(await sleeping).toBe('away')
  await expect.poll(() => judged(sql`select 1`)).toBe('answered')
  await sql.end()
  expect(await judged(sql`select 1`)).toBe('away')
})

test('a deadlock means: try again', async () => {
  await db.sql`create table pair (n integer primary key, m integer); insert into pair values (1, 0), (2, 0)`.simple()
  const [one, two] = [await hold(db.url), await hold(db.url)]
  await one.sql`update pair set m = 1 where n = 1`
  await two.sql`update pair set m = 1 where n = 2`
  const ends = await Promise.all([
    judged(one.sql`update pair set m = 2 where n = 2`.then(() => one.commit())),
    judged(two.sql`update pair set m = 2 where n = 1`.then(() => two.commit())),
  ])
  expect(ends.toSorted()).toEqual(['answered', 'away'])
  await Promise.all([one.sql.end(), two.sql.end()])
})

test('nobody listening and a host that nobody knows mean away', async () => {
  for (const url of [
    `postgres://assayer@127.0.0.1:${await freePort()}/none`,
    'postgres://assayer@nobody.invalid/none',
  ]) {
    const sql = connect(url, { name: 'nobody', max: 1 })
    expect(await judged(sql`select 1`)).toBe('away')
    await sql.end({ timeout: 0 })
  }
})

test('too many connections, a server that starts or stops, and a standby mean away; a fault of ours does not', () => {
  for (const code of [
    '53100',
    '53200',
    '53300',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
    '25006',
    '08006',
    '40001',
    'EHOSTUNREACH',
  ])
    expect(isDatabaseAway({ code }), code).toBe(true)
  for (const code of ['23505', '42601', '22P05', '42501', '28P01', 'UNDEFINED_VALUE', '57014', '55P03', undefined])
    expect(isDatabaseAway({ code }), String(code)).toBe(false)
  expect([null, 'text', new Error('plain')].map(isDatabaseAway)).toEqual([false, false, false])
})
