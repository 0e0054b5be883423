import { formatId, newId, parseId } from '@assayer/schema'
import { finishShard, orderedTargets, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, Sent, TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

type Scan = { id: string; state: string; rerunOf: string; labels: unknown; priority: number; targetCount: number }
const rerun = (scanId: string, query = '', sent: Sent = {}) =>
  api.send<Scan & ProblemBody>('POST', `/v1/scans/${formatId('scan', scanId)}/rerun${query}`, sent)
const order = (shards: number, change = {}) => orderScan(api.db.sql, api.db.workspaceId, shards, change)

/** Ends a scan, its first target covered and the others not. */
async function end(scanId: string, shards: number): Promise<void> {
  const { sql, workspaceId } = api.db
  for (let n = 0; n < shards; n++) {
    const shard = await claim(api.db)
    const [row] = await sql<{ ordinal: number }[]>`select ordinal from shards where id = ${shard.shardId}`
    const ordinal = row?.ordinal ?? 0
    const coverage = ordinal === 0 ? ('covered' as const) : ('unreachable' as const)
    await finishShard(sql, shard, endOf([], { targets: [{ ordinal, coverage, reason: null, evidence: {} }] }))
  }
  await settleScan(sql, workspaceId, scanId)
}
const targetsOf = async (text: string) =>
  await orderedTargets(api.db.sql, api.db.workspaceId, parseId('scan', text) ?? '', false)

test('a rerun is a new scan of the same order, and of what was not covered when it is asked for', async () => {
  await api.db.sql`update shards set state = 'cancelled', ended_at = now() where ended_at is null`
  const scanId = await order(3, { labels: { team: 'web' }, priority: 7 })
  expect((await rerun(scanId, '?only=unfinished')).body.code).toBe('scan-not-finished')
  await end(scanId, 3)
  const whole = await rerun(scanId)
  expect([whole.status, whole.headers.get('Location')]).toEqual([202, `/v1/scans/${whole.body.id}`])
  expect(whole.body).toMatchObject({ state: 'queued', rerunOf: formatId('scan', scanId), priority: 7, targetCount: 3 })
  expect(whole.body.labels).toEqual({ team: 'web' })
  const rest = await rerun(scanId, '?only=unfinished')
  expect(await targetsOf(rest.body.id)).toEqual(['h1.example.com', 'h2.example.com'])
})

test('with an idempotency key one scan is made, bound to what was asked', async () => {
  await api.db.sql`update shards set state = 'cancelled', ended_at = now() where ended_at is null`
  const scanId = await order(2)
  await end(scanId, 2)
  const sent = { headers: { 'Idempotency-Key': 'r-1' } }
  const first = await rerun(scanId, '', sent)
  const again = await rerun(scanId, '', sent)
  expect([again.status, again.body.id, again.headers.get('Idempotency-Replayed')]).toEqual([202, first.body.id, 'true'])
  expect((await rerun(scanId, '?only=unfinished', sent)).body.code).toBe('idempotency-key-reused')
})

test('what is covered has nothing left, and evidence in full needs its permission again', async () => {
  await api.db.sql`update shards set state = 'cancelled', ended_at = now() where ended_at is null`
  const scanId = await order(1, { evidence: 'full' })
  await end(scanId, 1)
  const { status, body } = await rerun(scanId, '?only=unfinished')
  expect([status, body.errors?.[0]]).toMatchObject([422, { in: 'query', name: 'only', code: 'nothing-left' }])
  const key = await addKey(api.db, api.db.workspaceId, presets.operator)
  expect((await rerun(scanId, '', { key })).body.code).toBe('permission-missing')
})

test('a target that went out of scope, an unknown and a foreign scan, and other input are refused', async () => {
  const target = { ordered: 'gone.example.org', canonical: 'gone.example.org', host: 'gone.example.org', port: null }
  const scanId = await order(1, { targets: [target] })
  expect((await rerun(scanId)).body.code).toBe('target-out-of-scope')
  expect((await rerun(newId())).body.code).toBe('scan-not-found')
  expect((await rerun(scanId, '', { key: await foreignKey(api.db) })).body.code).toBe('scan-not-found')
  expect((await rerun(scanId, '?only=all')).body.errors).toMatchObject([{ in: 'query', name: 'only' }])
  expect((await rerun(scanId, '', { body: { targets: [] } })).body.errors).toMatchObject([{ pointer: '/targets' }])
})
