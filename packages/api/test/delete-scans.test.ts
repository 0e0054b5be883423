import { formatId, newId } from '@assayer/schema'
import {
  cancelWaitingShards,
  finishShard,
  recordFindings,
  removeDeleted,
  requestCancel,
  settleScan,
} from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { claim, finding } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

type List = { data: { id: string }[] }
const order = () => orderScan(api.db.sql, api.db.workspaceId, 2)
const text = (scanId: string) => formatId('scan', scanId)

async function ended(): Promise<string> {
  const { sql, workspaceId } = api.db
  const scanId = await order()
  await requestCancel(sql, workspaceId, scanId, { id: newId(), actor: { kind: 'key', id: newId() }, requestId: null })
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  return scanId
}

test('a deleted scan and its findings are gone from every route at once, and its audit stays', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  const shard = await claim(api.db)
  const found = finding(1, { request: 'GET /' })
  await recordFindings(sql, shard, [found])
  const path = `/v1/scans/${text(scanId)}`
  const early = await api.send<ProblemBody>('DELETE', path)
  expect([early.status, early.body.code]).toEqual([409, 'scan-not-finished'])
  await finishShard(sql, shard, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  expect((await api.send('DELETE', path)).status).toBe(204)
  expect((await api.send('DELETE', path)).status).toBe(404)
  const reads = ['', '/findings', '/targets', '/shards', '/events'].map((part) => `${path}${part}`)
  for (const read of [...reads, `/v1/findings/${formatId('finding', found.id)}`])
    expect([read, (await api.send('GET', read)).status]).toEqual([read, 404])
  for (const act of ['cancel', 'pause', 'resume', 'rerun'])
    expect((await api.send('POST', `${path}/${act}`)).status).toBe(404)
  expect((await api.send('PATCH', path, { body: { priority: 1 } })).status).toBe(404)
  for (const read of ['/v1/scans', '/v1/findings', '/v1/findings?sort=severity'])
    expect((await api.send<List>('GET', read)).body.data).toEqual([])
  let removed = 0
  for (let n = await removeDeleted(sql); n > 0; n = await removeDeleted(sql)) removed += n
  expect(removed).toBeGreaterThan(3)
  for (const table of [
    'findings',
    'finding_evidence',
    'shards',
    'attempts',
    'scan_orders',
    'finding_sequences',
    'scans',
  ])
    expect([table, (await sql`select from ${sql(table)}`).length]).toEqual([table, 0])
  const audits = await sql`select action from audit_events where subject = ${scanId} order by id`
  expect(audits.map(({ action }) => action as string)).toEqual(['scan.ordered', 'scan.deleted'])
})

test('several are deleted at once, with an outcome for each id; asked again it says the same', async () => {
  const [one, other, open] = [await ended(), await ended(), await order()]
  const ids = [text(one), 'scn_x', text(open), text(newId()), text(other), text(one)]
  for (let n = 0; n < 2; n++) {
    const { status, body } = await api.send<{ data: unknown[] }>('POST', '/v1/scans/delete', { body: { ids } })
    expect([status, body.data]).toEqual([
      200,
      [
        { id: ids[0], outcome: 'deleted' },
        { id: 'scn_x', outcome: 'scan-not-found' },
        { id: ids[2], outcome: 'scan-not-finished' },
        { id: ids[3], outcome: 'scan-not-found' },
        { id: ids[4], outcome: 'deleted' },
      ],
    ])
  }
  const audits = await api.db
    .sql`select from audit_events where action = 'scan.deleted' and subject in (${one}, ${other})`
  expect(audits).toHaveLength(2)
})

test('a foreign scan is not there, and odd input is refused', async () => {
  const scanId = await ended()
  const key = await foreignKey(api.db)
  expect((await api.send('DELETE', `/v1/scans/${text(scanId)}`, { key })).status).toBe(404)
  const foreign = await api.send('POST', '/v1/scans/delete', { key, body: { ids: [text(scanId)] } })
  expect(foreign.body).toEqual({ data: [{ id: text(scanId), outcome: 'scan-not-found' }] })
  expect((await api.send('GET', `/v1/scans/${text(scanId)}`)).status).toBe(200)
  for (const ids of [[], Array.from({ length: 201 }, () => 'scn_x'), 'scn_x', [7]])
    expect((await api.send<ProblemBody>('POST', '/v1/scans/delete', { body: { ids } })).body.code).toBe('invalid-input')
})
