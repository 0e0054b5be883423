import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../src/limits.ts'
import { clearShards, decisions } from './store-fixture.ts'
import { brokenPromises, watchRows } from './model-watch.ts'
import { drain, someSteps, take } from './model.ts'
import type { Step, World } from './model.ts'
import { orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await watchRows(db.sql)
})
afterAll(() => db.drop())

const limits = { ...defaultLimits, deadlineSeconds: 60 }

/** Orders three scans, lets all lanes go at them at once, carries what is left to its end. */
async function play(lanes: Step[][]): Promise<World> {
  const { sql, workspaceId } = db
  await clearShards(sql)
  await sql`delete from outbox`
  await sql`delete from forbidden`
  const scans = []
  for (const shards of [1, 2, 3]) scans.push(await orderScan(sql, workspaceId, shards, shards === 1 ? { limits } : {}))
  const world = { sql, workspaceId, scans, attempts: [], over: new Set(), accepted: new Set(), broken: [] } as World
  await Promise.all(
    lanes.map(async (steps) => {
      for (const step of steps) await take(world, step)
    }),
  )
  await drain(world)
  return world
}

test('claims, batches, ends, losses, cancels and pauses at random instants break no promise', async () => {
  const met: Record<string, number> = {}
  const lanes = fc.array(someSteps, { minLength: 5, maxLength: 5 })
  const result = await fc.check(
    fc.asyncProperty(lanes, async (lanes) => {
      const world = await play(lanes)
      expect(world.broken).toEqual([])
      expect(await brokenPromises(db.sql)).toEqual([])
      const kept = new Set<string>()
      for (const scanId of world.scans) for (const [n] of await decisions(db.sql, scanId)) kept.add(`${scanId} ${n}`)
      expect(kept).toEqual(world.accepted)
      for (const { state } of await db.sql`select state from shards union all select state from scans`)
        met[state] = (met[state] ?? 0) + 1
    }),
    { numRuns: 80, endOnFailure: true, interruptAfterTimeLimit: 25_000 },
  )
  const replay = `seed ${result.seed}, path '${result.counterexamplePath ?? ''}'`
  if (result.failed) throw new Error(`A promise was broken: ${replay}`, { cause: result.errorInstance })
  expect(Object.keys(met)).toEqual(expect.arrayContaining(['completed', 'cancelled', 'dead', 'partial']))
})
