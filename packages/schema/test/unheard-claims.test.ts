import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import { claimShard, releaseShard, unheardClaims } from '../src/store/index.ts'
import { claimAll } from './store-fixture.ts'
import { asWorker, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('what a worker runs unknowingly is named, nothing of others, and it may take it again at once', async () => {
  await orderScan(db.sql, db.workspaceId, 3)
  const [mine, other] = [newId(), newId()]
  const [known, unheard] = await claimAll(db.sql, 2, mine)
  await claimAll(db.sql, 1, other)
  if (!known || !unheard) throw new Error('nothing to claim')
  const { workspaceId, scanId, shardId, attempt } = unheard
  expect(await unheardClaims(db.sql, mine, [known])).toEqual([{ workspaceId, scanId, shardId, attempt }])
  // An earlier attempt of the same shard is not the one that runs now.
  expect(await unheardClaims(db.sql, mine, [known, { ...unheard, attempt: attempt - 1 }])).toHaveLength(1)
  expect(await unheardClaims(db.sql, mine, [known, unheard])).toEqual([])
  await releaseShard(db.sql, unheard, { why: 'claim-unheard', counted: false, delayMs: 0, detail: {} })
  expect(await claimShard(db.sql, asWorker(mine))).toMatchObject({ shardId, attempt: attempt + 1, losses: 0 })
})
