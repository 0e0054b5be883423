import { createLog, newId } from '@assayer/schema'
import { claimShard } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { orderScan, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { createAttempt } from '../src/claim/attempt.ts'
import type { Attempt } from '../src/claim/attempt.ts'
import { watchAttempts } from '../src/claim/watch-attempts.ts'
import type { Session } from '../src/lease/session.ts'
import { systemClock } from '../src/wall/clock.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('a claim that was under way when the lease session changed comes under the new key within its next looks', async () => {
  const { sql, workspaceId } = db
  const workerId = newId()
  const running: Attempt[] = []
  let key = '1'
  let reads = 0
  const session: Session = {
    key: () => key,
    async read(query) {
      const answer = await query(sql)
      reads++
      return answer
    },
    silentMs: () => 0,
    serverRefuses: () => false,
    close: () => Promise.resolve(),
  }
  const duties = watchAttempts({
    workerId,
    sql,
    session,
    log: createLog('worker', 'silent'),
    // Renewals come by being woken alone.
    times: { leaseMs: 600_000, renewMs: 600_000, marginMs: 8000, silenceMs: 4000 },
    running: () => running,
    token: () => {},
  })
  onTestFinished(async () => void (await Promise.all(duties.map((duty) => duty.stop()))))
  await expect.poll(() => reads).toBeGreaterThan(0)

  const claimedAt = systemClock.monotonic()
  await orderScan(sql, workspaceId)
  const shard = await claimShard(sql, { id: workerId, sessionKey: key, leaseMs: 30_000, alone: true })
  key = '2'
  const before = reads
  await expect.poll(() => reads, { timeout: 10_000 }).toBeGreaterThan(before + 1)
  if (!shard) throw new Error('nothing to claim')
  running.push(createAttempt(shard, claimedAt))
  const keyOfRow = async () =>
    (await sql`select session_key::text as key from shards where id = ${shard.shardId}`)[0]?.['key'] as unknown
  await expect.poll(keyOfRow, { timeout: 10_000 }).toBe('2')
})
