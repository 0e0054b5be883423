import { afterAll, beforeAll, expect, test } from 'vitest'
import { deadlineSocket } from '../src/database/deadline-socket.ts'
import { connect, isDatabaseAway, isDatabaseBusy, missingTimeouts } from '../src/store/index.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const asService = (socketMs?: number) =>
  connect(db.env.DATABASE_URL, {
    name: 'service',
    max: 1,
    prepare: db.env.DATABASE_POOLED === '0',
    ...(socketMs !== undefined && { socket: deadlineSocket(socketMs) }),
  })
const failure = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => null,
    (error: unknown) => error,
  )

test('what a service connects to has the time-outs of the role, also behind a pooler', async () => {
  const sql = asService()
  expect(await missingTimeouts(sql)).toEqual([])
  await sql.end()
})

test("a statement that sleeps is ended by the role's time-out, and the connection serves on", async () => {
  const sql = asService()
  expect(isDatabaseBusy(await failure(sql`select pg_sleep(60)`))).toBe(true)
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  await sql.end()
})

test("a statement that sleeps is given up by the service's own deadline, and none of its work goes on", async () => {
  const sql = asService(500)
  expect(isDatabaseAway(await failure(sql`select pg_sleep(60), 'given up'`))).toBe(true)
  await expect.poll(() => failure(sql`select 1`)).toBe(null)
  const left = () => db.sql`select from pg_stat_activity where state = 'active' and query like '%given up%'
    and pid <> pg_backend_pid()`
  await expect.poll(left, { timeout: 20_000 }).toEqual([])
  await sql.end()
})

test('many clients that begin and end at once each see their own statement', async () => {
  const pools = Array.from({ length: 30 }, asService.bind(null, undefined))
  const answers = await Promise.all(
    pools.map(async (sql, n) => {
      const rows: unknown[] = []
      for (let turn = 0; turn < 5; turn++) rows.push(...(await sql`select ${n}::integer as n, ${`t${turn}`} as turn`))
      await sql.end()
      return rows
    }),
  )
  expect(answers).toEqual(pools.map((_, n) => [0, 1, 2, 3, 4].map((turn) => ({ n, turn: `t${turn}` }))))
})
