import { formatId, newId } from '@assayer/schema'
import { claimShard, finishShard, releaseShard } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asWorker, endOf, orderScan } from '../../schema/test/testing.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

type Shard = { id: string; state: string; attempts: Record<string, unknown>[] }
type List = { data: Shard[]; nextCursor: string | null }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const list = async (path: string) => (await api.send<List>('GET', path)).body

test('a shard tells its targets and each attempt: who ran it, how it ended and what Nuclei last said', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId, 3)
  const path = `/v1/scans/${formatId('scan', scanId)}/shards`
  const worker = newId()
  const first = await claimShard(sql, asWorker(worker))
  await releaseShard(sql, first!, { why: 'shutdown', counted: false, delayMs: 0, detail: {} })
  await sql`update shards set due_at = now(), avoid_worker_id = null, priority = 9 where id = ${first!.shardId}`
  const again = await claim(api.db)
  const detail = {
    exits: [
      { kind: 'exited', code: 2 },
      { kind: 'exited', code: 0 },
    ],
    peakBytes: 70_000_000,
    stderr: ['[FTL] no such thing'],
  }
  await finishShard(sql, again, endOf([0], { state: 'partial', reason: { code: 'coverage', detail: null }, detail }))
  const second = await claim(api.db)
  const { data } = await list(path)
  expect(data.find(({ id }) => id === formatId('shard', first!.shardId))).toMatchObject({
    state: 'partial',
    reason: { code: 'coverage', detail: null },
    percent: 100,
    targetCount: 1,
    targets: [expect.stringMatching(/^https:\/\/h\d\.example\.com$/)],
    attemptCount: 2,
    attempts: [
      {
        number: 1,
        worker: formatId('worker', worker),
        outcome: 'released',
        why: 'shutdown',
        exitCode: null,
        stderr: [],
      },
      {
        number: 2,
        outcome: 'partial',
        exitCode: 2,
        signal: null,
        peakMemoryBytes: 70_000_000,
        stderr: ['[FTL] no such thing'],
        startedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        endedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      },
    ],
  })
  const running = await list(`${path}?state=running`)
  expect(running.data).toMatchObject([
    { id: formatId('shard', second.shardId), attempts: [{ number: 1, endedAt: null, outcome: null }] },
  ])
})

test('shards page in their order, and one held by a pause is queued', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId, 3)
  const path = `/v1/scans/${formatId('scan', scanId)}/shards`
  await sql`update shards set state = 'held' where scan_id = ${scanId} and ordinal = 1`
  const all = await list(`${path}?state=queued`)
  expect(all.data.map(({ state, attempts }) => [state, attempts])).toEqual(
    Array.from({ length: 3 }, () => ['queued', []]),
  )
  const page = await list(`${path}?limit=2`)
  const rest = await list(`${path}?limit=2&cursor=${page.nextCursor}`)
  expect([[...page.data, ...rest.data], rest.nextCursor]).toEqual([all.data, null])
  const key = await foreignKey(api.db)
  expect((await api.send<ProblemBody>('GET', path, { key })).body.code).toBe('scan-not-found')
  expect((await api.send<ProblemBody>('GET', `${path}?state=held`)).body.code).toBe('invalid-input')
})
