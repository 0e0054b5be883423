import { formatId } from '@assayer/schema'
import { finishShard } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { claim, record } from './scan-data.ts'

type Target = { ordered: string; coverage: string; findings: number }
type List = { data: Target[]; nextCursor: string | null }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const counts = { connects: 3, refusedByScope: 1, timedOut: 0, failed: 0, bytesIn: 100, bytesOut: 50 }

test('a target has the worst coverage over its shards, their counts together, and its confirmed findings', async () => {
  const { db } = api
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 3)
  // A second shard of the first host, as planned for templates of another origin.
  const [second] = await sql<{ id: string }[]>`select id from shards where scan_id = ${scanId} and ordinal = 2`
  await sql`insert into shard_targets (workspace_id, scan_id, shard_id, ordinal) values (${workspaceId}, ${scanId}, ${second!.id}, 0)`
  for (let n = 0; n < 2; n++) {
    const shard = await claim(db)
    const [first] = await sql<{ ordinal: number }[]>`select ordinal from shards where id = ${shard.shardId}`
    if (first?.ordinal === 0) await record(db, shard, 1, 2)
    const evidence = { ...counts, peakRequestsPerSecond: 7, firstAt: 1_700_000_000_000, lastAt: 1_700_000_060_000 }
    const targets = [{ ordinal: first?.ordinal ?? 0, coverage: 'covered' as const, reason: null, evidence }]
    await finishShard(sql, shard, endOf([], { targets }))
  }
  const third = await claim(db)
  const row = {
    coverage: 'unreachable' as const,
    reason: 'no-answer',
    evidence: { ...counts, peakRequestsPerSecond: 9 },
  }
  await finishShard(sql, third, endOf([], { targets: [{ ...row, ordinal: 0 }] }))

  const path = `/v1/scans/${formatId('scan', scanId)}/targets`
  const { body } = await api.send<List>('GET', path)
  expect(body.data.map(({ ordered, coverage, findings }) => [ordered, coverage, findings])).toEqual([
    ['h0.example.com', 'unreachable', 2],
    ['h1.example.com', 'covered', 0],
    ['h2.example.com', 'pending', 0],
  ])
  expect(body.data[0]).toMatchObject({
    canonical: 'https://h0.example.com',
    reason: { code: 'no-answer', detail: null },
    shardIds: [expect.stringMatching(/^shd_/), expect.stringMatching(/^shd_/)],
    evidence: {
      connects: 6,
      bytesIn: 200,
      peakRequestsPerSecond: 9,
      firstAt: '2023-11-14T22:13:20.000Z',
      lastAt: '2023-11-14T22:14:20.000Z',
    },
  })
  expect(body.data[2]).toMatchObject({ reason: null, evidence: { connects: 0, firstAt: null } })
  const covered = await api.send<List>('GET', `${path}?coverage=covered&coverage=pending`)
  expect(covered.body.data).toHaveLength(2)
  const page = await api.send<List>('GET', `${path}?limit=2`)
  const rest = await api.send<List>('GET', `${path}?limit=2&cursor=${page.body.nextCursor}`)
  expect([...page.body.data, ...rest.body.data]).toEqual(body.data)
  expect(rest.body.nextCursor).toBeNull()
})
