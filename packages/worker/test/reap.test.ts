import { setTimeout as sleep } from 'node:timers/promises'
import { createLog, newId } from '@assayer/schema'
import { claimShard, connect } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { createReaper } from '../src/duties/reap.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const times = { secondLookMs: 50, orphanMs: 50, sessionAgeMs: 0, gapMs: 60_000 }

/** A connection that is another session at each `turn`, as a transaction pooler gives it. */
function changing() {
  let current: Sql
  const turn = async () => {
    await current?.end()
    current = connect(db.url, { name: 'reap-test', max: 1 })
  }
  const sql = new Proxy((() => {}) as unknown as Sql, {
    apply: (_, __, given: unknown[]) => Reflect.apply(current, undefined, given) as unknown,
    get: (_, name) => Reflect.get(current, name) as unknown,
  })
  return { sql, turn, end: () => current.end() }
}

/** What five looks take back of one attempt, each in a session of its own and later than the second look has to be. */
async function taken(
  change: { pooled: boolean; gapMs?: number },
  claim: { sessionKey: string | null; leaseMs: number } = { sessionKey: null, leaseMs: -1000 },
): Promise<number> {
  await db.sql`delete from scans`
  await orderScan(db.sql, db.workspaceId)
  await claimShard(db.sql, { id: newId(), alone: true, ...claim })
  const { sql, turn, end } = changing()
  let count = 0
  const reap = createReaper({
    sql,
    log: createLog('worker', 'silent'),
    times: { ...times, ...change },
    pooled: change.pooled,
    onTaken: () => void count++,
  })
  for (let look = 0; look < 5; look++) {
    await turn()
    await reap()
    await sleep(times.secondLookMs)
  }
  await end()
  return count
}

test('a new session forgets what the last one saw, as its server may just have come back', async () => {
  expect(await taken({ pooled: false })).toBe(0)
})

test('behind a pooler, where each statement may have another session, an expired lease is taken back all the same', async () => {
  expect(await taken({ pooled: true })).toBe(1)
})

test('there a free session key tells nothing, as its server may just have come back', async () => {
  expect(await taken({ pooled: true }, { sessionKey: '4711', leaseMs: 30_000 })).toBe(0)
  expect(await taken({ pooled: true }, { sessionKey: '4711', leaseMs: -1000 })).toBe(1)
})

test('but looks with a gap between them begin anew, as the database may have been away', async () => {
  expect(await taken({ pooled: true, gapMs: 10 })).toBe(0)
})
