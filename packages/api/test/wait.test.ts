import { formatId, newId } from '@assayer/schema'
import { cancelWaitingShards, requestCancel, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { createAcceptance } from '../src/order/acceptance.ts'
import { createOrderLooks } from '../src/order/looks.ts'
import { createEndedScans } from '../src/render/ended-scans.ts'
import { createShowScan } from '../src/routes/show-scan.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

/** Progress that tells when somebody waits and wakes whoever does. */
function watchedProgress() {
  const wakes = new Set<() => void>()
  const progress: Deps['progress'] = {
    watch(_, wake) {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
    isUp: () => true,
  }
  return { progress, wakes }
}

async function cancel(scanId: string): Promise<void> {
  const { sql, workspaceId } = api.db
  await requestCancel(sql, workspaceId, scanId, { id: newId(), actor: { kind: 'key', id: newId() }, requestId: null })
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
}

async function get(change: Partial<Deps>, scanId: string, prefer: string, key = api.key) {
  const headers = { Authorization: `Bearer ${key.text}`, Prefer: prefer }
  const response = await createApp({ ...api.deps, ...change }).request(`/v1/scans/${formatId('scan', scanId)}`, {
    headers,
  })
  const body = (await response.json()) as { state?: string; code?: string }
  return { status: response.status, applied: response.headers.get('Preference-Applied'), body }
}

const order = () => orderScan(api.db.sql, api.db.workspaceId)

test('an answer that is waited for comes with the end of the scan, told by progress', async () => {
  const scanId = await order()
  const { progress, wakes } = watchedProgress()
  const answer = get({ progress }, scanId, 'wait=60')
  await expect.poll(() => wakes.size).toBe(1)
  await cancel(scanId)
  for (const wake of wakes) wake()
  expect(await answer).toMatchObject({ status: 200, applied: 'wait=60', body: { state: 'cancelled' } })
  expect(wakes.size).toBe(0)
})

test('without progress it comes all the same, and with the scan as it is when the time is over', async () => {
  const scanId = await order()
  const late = await get({}, scanId, 'wait=1')
  expect(late).toMatchObject({ status: 200, applied: 'wait=1', body: { state: 'queued' } })
  const answer = get({}, scanId, 'wait=60')
  await cancel(scanId)
  expect((await answer).body.state).toBe('cancelled')
  expect(await get({}, scanId, 'wait=0')).toMatchObject({ status: 200, applied: null })
})

test('it comes at once when the process drains, and a key revoked meanwhile is refused', async () => {
  const scanId = await order()
  const { progress, wakes } = watchedProgress()
  let draining = false
  const answer = get({ progress, draining: () => draining }, scanId, 'wait=60')
  await expect.poll(() => wakes.size).toBe(1)
  draining = true
  expect(await answer).toMatchObject({ status: 200, body: { state: 'queued' } })
  const key = await addKey(api.db, api.db.workspaceId, presets.reader)
  draining = false
  const refused = get({ progress, draining: () => draining }, scanId, 'wait=60', key)
  await expect.poll(() => wakes.size).toBe(1)
  await api.db.sql`update api_keys set revoked_at = now() where id = ${key.id}`
  draining = true
  expect(await refused).toMatchObject({ status: 401, body: { code: 'key-invalid' } })
})

test('beyond so many that wait an answer comes without waiting', async () => {
  const scanId = await order()
  const none = createShowScan(0, createEndedScans(0))
  const { app } = api
  const request = { method: 'GET', headers: { Authorization: `Bearer ${api.key.text}` } }
  const path = `/v1/scans/${formatId('scan', scanId)}`
  expect((await app.request(path, request)).status).toBe(200)
  const c = {
    req: { url: path, param: () => formatId('scan', scanId), header: () => 'wait=60', raw: new Request('http://x/') },
  }
  const actor = { workspaceId: api.db.workspaceId, createdBy: { kind: 'key' as const, id: newId() }, may: () => true }
  const looks = createOrderLooks(api.db.sql)
  const call = {
    deps: api.deps,
    looks,
    accept: createAcceptance(api.db.sql),
    c: c as never,
    requestId: 'r',
    actor: { ...actor, stillValid: async () => true },
  }
  const answer = await none(call)
  expect([answer.status, answer.headers['Preference-Applied']]).toEqual([200, undefined])
})
