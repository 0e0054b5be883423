import postgres from 'postgres'
import { expect, test } from 'vitest'
import { findExecutable } from './find-executable.ts'
import { startPgbouncer } from './pgbouncer.ts'
import { silent } from './say.ts'

const server = process.env['TEST_DATABASE_URL'] ?? ''
const atHand = await findExecutable('pgbouncer', { PATH: '/usr/sbin:/usr/bin' })

test('with none at hand one sentence says so', async () => {
  const start = startPgbouncer({ server, say: silent, env: { PATH: '/nowhere' } })
  await expect(start).rejects.toThrow('install pgbouncer')
})

test.skipIf(atHand === null)(
  'transactions of two clients take turns on the servers, and it is gone after stop',
  async () => {
    const pooler = await startPgbouncer({ server, say: silent, env: process.env })
    const [one, two] = [0, 1].map(() => postgres(pooler.url, { max: 1, prepare: false, onnotice: () => {} }))
    if (!one || !two) throw new Error('no clients')

    await one`begin`
    const pidOf = async (sql: postgres.Sql) =>
      (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0
    const held = await pidOf(one)
    expect(await pidOf(two)).not.toBe(held)
    await one`commit`
    const next = await pidOf(one)
    expect(await pidOf(two)).toBe(next)
    await Promise.all([one.end(), two.end()])
    await pooler.stop()
    await expect(postgres(pooler.url, { max: 1, connect_timeout: 2 })`select 1`).rejects.toThrow('ECONNREFUSED')
  },
)
