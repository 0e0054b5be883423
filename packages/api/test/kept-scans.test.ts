import { formatId, newId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { createEndedScans } from '../src/render/ended-scans.ts'
import type { Answer, Call } from '../src/request/call.ts'
import { createListScans } from '../src/routes/scans.ts'
import { createShowScan } from '../src/routes/show-scan.ts'
import { foreignKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

type Shown = { id: string; state: string; labels: Record<string, string> }

let api: TestApi
let id = ''
beforeAll(async () => {
  api = await testApi()
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  await finishShard(sql, await claim(api.db), endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  id = formatId('scan', scanId)
})
afterAll(() => api.close())

const shown = async () => (await api.send<Shown>('GET', `/v1/scans/${id}`)).body
const listed = async () => (await api.send<{ data: Shown[] }>('GET', '/v1/scans')).body.data

test('an ended scan reads the same again, alone and in a list', async () => {
  const first = await shown()
  expect(first.state).toBe('completed')
  expect([await shown(), (await listed())[0]]).toEqual([first, first])
})

test.each([
  ['alone', async () => (await shown()).labels],
  ['in a list', async () => (await listed())[0]?.labels],
])('a change by another process shows in the next answer, %s', async (by, labels) => {
  await shown()
  const other = createApp(api.deps)
  const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/merge-patch+json' }
  const body = JSON.stringify({ labels: { by } })
  expect((await other.request(`/v1/scans/${id}`, { method: 'PATCH', headers, body })).status).toBe(200)
  expect(await labels()).toEqual({ by })
})

/** The scans in an answer; none in a refusal. */
async function scansIn(asked: Promise<Answer>): Promise<string[]> {
  const answer = await asked.catch(() => null)
  const text = await new Response(answer?.body).text()
  return [...text.matchAll(/"id":"(scn_[^"]+)"/g)].map(([, one = '']) => one)
}

test.each([
  ['a list', createListScans(createEndedScans(0))],
  ['a scan', createShowScan(0, createEndedScans(0))],
])('those who ask for %s together get what their own workspace has', async (_, handler) => {
  const call = (workspaceId: string) => {
    const req = { url: 'http://a/', param: () => id, header: () => undefined }
    const actor = {
      workspaceId,
      createdBy: { kind: 'key', id: newId() },
      may: () => true,
      stillValid: async () => true,
    }
    return { deps: api.deps, c: { req }, requestId: 'r', actor } as unknown as Call
  }
  const [own, other] = [call(api.db.workspaceId), call((await foreignKey(api.db)).workspaceId)]
  // Asked in one turn, so that all meet for certain: the second waits for the first one's look, and the third would share the second's.
  const asked = (first: Call, last: Call) => Promise.all([first, first, last].map((one) => scansIn(handler(one))))
  expect(await asked(own, other)).toEqual([[id], [id], []])
  expect(await asked(other, own)).toEqual([[], [], [id]])
})

test('what is kept is shown to its own workspace only, and not after its deletion', async () => {
  await shown()
  const key = await foreignKey(api.db)
  expect((await api.send('GET', `/v1/scans/${id}`, { key })).status).toBe(404)
  expect((await api.send<{ data: Shown[] }>('GET', '/v1/scans', { key })).body.data).toEqual([])
  const other = createApp(api.deps)
  const headers = { Authorization: `Bearer ${api.key.text}` }
  expect((await other.request(`/v1/scans/${id}`, { method: 'DELETE', headers })).status).toBe(204)
  expect((await api.send('GET', `/v1/scans/${id}`)).status).toBe(404)
  expect(await listed()).toEqual([])
})
