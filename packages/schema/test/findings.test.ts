import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lowestId, newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  findingsAfter,
  finishShard,
  lastSequence,
  listFindings,
  listScanFindings,
  reapShards,
  recordFindings,
  requestCancel,
} from '../src/store/index.ts'
import type { AttemptKey, NewFinding } from '../src/store/index.ts'
import { claim, clearShards, decisions, makeDue, newFinding, newFindings, shardRow, suspect } from './store-fixture.ts'
import { endOf, orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => clearShards(db.sql))
afterAll(() => db.drop())

const sequences = async (scanId: string) => {
  const rows = await findingsAfter(db.sql, db.workspaceId, scanId, '0', 100)
  return rows.map((row) => [Number.parseInt(row.fingerprint, 16), Number(row.sequence), row.attempt])
}

/** Loses an attempt and claims the shard again. */
async function loseAndClaim(key: AttemptKey): Promise<AttemptKey> {
  expect(await reapShards(db.sql, [await suspect(db.sql, key)])).toHaveLength(1)
  await makeDue(db.sql, key)
  return claim(db.sql)
}

test('a fingerprint keeps its first number and row through batches and attempts', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const first = await claim(db.sql)
  expect(await recordFindings(db.sql, first, newFindings(1, 2))).toBe(2)
  expect(await recordFindings(db.sql, first, newFindings(2, 3))).toBe(1)
  const before = await findingsAfter(db.sql, db.workspaceId, scanId, '0', 100)
  const second = await loseAndClaim(first)
  expect(await recordFindings(db.sql, second, newFindings(1, 3, 4))).toBe(1)
  expect(await sequences(scanId)).toEqual([
    [1, 1, 2],
    [2, 2, 1],
    [3, 4, 2],
    [4, 7, 2],
  ])
  const after = await findingsAfter(db.sql, db.workspaceId, scanId, '0', 100)
  expect(after.slice(0, 3).map((row) => row.id)).toEqual(before.map((row) => row.id))
  expect(await lastSequence(db.sql, db.workspaceId, scanId)).toBe('7')
  expect(await lastSequence(db.sql, db.workspaceId, newId())).toBeNull()
})

test('a batch in any order that repeats a fingerprint writes it once, numbered without a clash', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  expect(await recordFindings(db.sql, key, newFindings(9, 3, 9, 3, 5))).toBe(3)
  expect(await recordFindings(db.sql, key, newFindings(7, 5, 7))).toBe(1)
  expect((await sequences(scanId)).map(([n]) => n)).toEqual([3, 5, 9, 7])
  expect(await recordFindings(db.sql, key, [])).toBe(0)
})

test('evidence is kept once, with the row that came first', async () => {
  await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  const first = newFinding(1, { request: 'GET / HTTP/1.1', response: 'HTTP/1.1 200 OK' })
  await recordFindings(db.sql, key, [first, newFinding(2)])
  await recordFindings(db.sql, key, [newFinding(1, { request: 'GET /again HTTP/1.1' })])
  expect(await db.sql`select finding_id, request, response from finding_evidence`).toEqual([
    { finding_id: first.id, request: first.request, response: first.response },
  ])
})

test('a batch with a NUL is refused whole: taking it out is the worker’s part', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  const nul = String.fromCharCode(0)
  await expect(recordFindings(db.sql, key, [newFinding(1), newFinding(2, { name: `a${nul}b` })])).rejects.toThrow(
    /unsupported Unicode escape|\\u0000/,
  )
  expect([await decisions(db.sql, scanId), await lastSequence(db.sql, db.workspaceId, scanId)]).toEqual([[], '0'])
  expect(await recordFindings(db.sql, key, newFindings(1))).toBe(1)
})

/** Two attempts, of which the lost one saw 1 and 2 and the last saw 2 and 3. */
async function twoAttempts() {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const first = await claim(db.sql)
  await recordFindings(db.sql, first, newFindings(1, 2))
  const last = await loseAndClaim(first)
  await recordFindings(db.sql, last, [newFinding(2), newFinding(3, { severity: 'info' })])
  return { scanId, last }
}

test('when a shard completes, what only a lost attempt saw stays unconfirmed and is not counted', async () => {
  const { scanId, last } = await twoAttempts()
  await finishShard(db.sql, last, endOf([0]))
  expect(await decisions(db.sql, scanId)).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ])
  expect(await shardRow(db.sql, last)).toMatchObject({ state: 'completed', high: 1, info: 1, unconfirmed: 1 })
})

test.each(['dead', 'cancelled'])(
  'when a shard is %s by the reaper, nothing of it is confirmed or counted',
  async (state) => {
    const { scanId, last } = await twoAttempts()
    if (state === 'dead') await db.sql`update shards set losses = 2`
    else await requestCancel(db.sql, db.workspaceId, scanId, audit())
    expect(await reapShards(db.sql, [await suspect(db.sql, last)])).toMatchObject([{ state }])
    expect((await decisions(db.sql, scanId)).map(([, confirmed]) => confirmed)).toEqual([false, false, false])
    expect(await shardRow(db.sql, last)).toMatchObject({ state, high: 0, info: 0, unconfirmed: 3 })
  },
)

test('when a shard is cancelled while it waits, what lost attempts saw is decided', async () => {
  const { scanId, last } = await twoAttempts()
  await reapShards(db.sql, [await suspect(db.sql, last)])
  await requestCancel(db.sql, db.workspaceId, scanId, audit())
  await cancelWaitingShards(db.sql, db.workspaceId, scanId)
  expect((await decisions(db.sql, scanId)).map(([, confirmed]) => confirmed)).toEqual([false, false, false])
  expect(await shardRow(db.sql, last)).toMatchObject({ state: 'cancelled', high: 0, unconfirmed: 3 })
})

test('a finding that another shard of the scan confirmed stays that shard’s and is counted once', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId, 2)
  const [one, two] = [await claim(db.sql), await claim(db.sql)]
  await recordFindings(db.sql, one, newFindings(1))
  await finishShard(db.sql, one, endOf([0]))
  expect(await recordFindings(db.sql, two, newFindings(1, 2))).toBe(1)
  await finishShard(db.sql, two, endOf([1]))
  expect(await decisions(db.sql, scanId)).toEqual([
    [1, true],
    [2, true],
  ])
  const [sum] = await db.sql`select sum(high)::integer as high from shards`
  expect(sum).toEqual({ high: 2 })
})

test('findings are listed newest first by severity and page, and nobody else’s', async () => {
  const scanId = await orderScan(db.sql, db.workspaceId)
  const key = await claim(db.sql)
  await recordFindings(
    db.sql,
    key,
    [1, 2, 3, 4, 5].map((n) => newFinding(n, { severity: n % 2 ? 'high' : 'low' })),
  )
  const page = async (severities: string[], before: string | null, limit: number) =>
    (await listScanFindings(db.sql, db.workspaceId, scanId, { severities, before, limit })).map((row) => row.sequence)
  expect(await page([], null, 2)).toEqual(['5', '4'])
  expect(await page([], '4', 9)).toEqual(['3', '2', '1'])
  expect(await page(['low', 'info'], null, 9)).toEqual(['4', '2'])
  expect(await listScanFindings(db.sql, newId(), scanId, { severities: [], before: null, limit: 9 })).toEqual([])
  expect(await findingsAfter(db.sql, newId(), scanId, '0', 9)).toEqual([])
})

function audit() {
  return { id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null }
}

test('of all findings since a time none is left out whose id was made a day before its row, and no id made since is lower', async () => {
  await orderScan(db.sql, db.workspaceId)
  const [early, late] = newFindings(1, 2)
  const madeAt = new Date(Date.now() - 86_400_000)
  const batch = [{ ...early, id: lowestId(madeAt) }, late] as NewFinding[]
  expect(await recordFindings(db.sql, await claim(db.sql), batch)).toBe(2)
  const since = async (time: Date) =>
    (await listFindings(db.sql, db.workspaceId, { severities: [], before: null, limit: 9, since: time })).map(
      ({ id }) => id,
    )
  expect(await since(new Date(Date.now() - 60_000))).toEqual([late?.id, lowestId(madeAt)])
  expect(await since(new Date(Date.now() + 60_000))).toEqual([])
  expect(newId() > lowestId(new Date(Date.now() - 1))).toBe(true)
})
