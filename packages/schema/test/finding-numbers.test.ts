import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findingsAfter, recordFindings } from '../src/store/index.ts'
import { claimAll, clearShards, hold, newFindings, waitingForLocks } from './store-fixture.ts'
import { orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

/** Reads as an event stream does: what comes after the last number it sent. */
function reader(scanId: string) {
  const seen: number[] = []
  let last = '0'
  return {
    seen,
    async read() {
      const rows = await findingsAfter(db.sql, db.workspaceId, scanId, last, 1000)
      for (const row of rows) seen.push(Number.parseInt(row.fingerprint, 16))
      last = rows.at(-1)?.sequence ?? last
    },
  }
}

test('a batch that drew its numbers first and commits last is not skipped by a reader', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 2)
  const [one, two] = await claimAll(db.sql, 2)
  const stream = reader(scanId)
  const late = await hold(db.url)
  expect(await recordFindings(late.sql, one!, newFindings(1, 2))).toBe(2)
  const second = recordFindings(db.sql, two!, newFindings(3, 4))
  await Promise.race([second, waitingForLocks(db.sql)])
  await stream.read()
  await late.commit()
  expect(await second).toBe(2)
  await stream.read()
  expect(stream.seen).toEqual([1, 2, 3, 4])
})

test('a reader beside six writing shards sees each finding exactly once, in the order of numbers', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 6)
  const shards = await claimAll(db.sql, 6)
  const stream = reader(scanId)
  let writing = true
  const reading = (async () => {
    while (writing) await stream.read()
  })()
  const wrote = await Promise.all(
    shards.map(async (shard, n) => {
      let fresh = 0
      for (let batch = 0; batch < 25; batch++) {
        const numbers = Array.from({ length: 4 }, (_, row) => 1 + n * 1000 + batch * 3 + row)
        fresh += (await recordFindings(db.sql, shard, newFindings(...numbers))) ?? 0
      }
      return fresh
    }),
  ).finally(() => (writing = false))
  await reading
  await stream.read()
  expect(wrote).toEqual(Array.from({ length: 6 }, () => 76))
  expect(stream.seen).toHaveLength(6 * 76)
  expect(new Set(stream.seen).size).toBe(6 * 76)
})
