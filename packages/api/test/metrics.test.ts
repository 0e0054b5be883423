import { newId } from '@assayer/schema'
import { beat, finishShard, registerWorker, settleScan } from '@assayer/schema/store'
import { claim } from '../../schema/test/store-fixture.ts'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveMetrics } from '../src/node/serve-metrics.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
const workerId = newId()
beforeAll(async () => {
  api = await testApi()
  const { sql, workspaceId } = api.db
  const row = { id: workerId, version: '0.1.0', nucleiVersion: '3.11.1', bundleDigest: 'sha256:test', slots: 2 }
  await registerWorker(sql, row)
  await beat(sql, workerId, null, false, { bytes: 1000, limitBytes: 5000 })
  const ended = await orderScan(sql, workspaceId)
  await finishShard(sql, await claim(sql), endOf([0], { detail: { peakBytes: 123_456 } }))
  await settleScan(sql, workspaceId, ended)
  await orderScan(sql, workspaceId, 3)
  await claim(sql, workerId)
})
afterAll(() => api.close())

const metrics = async () => {
  const headers = { Authorization: `Bearer ${api.key.text}` }
  const reply = await api.app.request('/metrics', { headers })
  return { status: reply.status, type: reply.headers.get('Content-Type'), text: await reply.text() }
}
const valueOf = (text: string, name: string) => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? null : Number(line.slice(name.length))
}

test('metrics count what is open and recent, and this process measures its requests', async () => {
  await api.send('GET', '/v1/scans')
  const { status, type, text } = await metrics()
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const expected: Record<string, number> = {
    'assayer_scans{state="queued"}': 1,
    'assayer_shards{state="queued"}': 2,
    'assayer_shards{state="running"}': 1,
    'assayer_scans_ended_recently{state="completed"}': 1,
    'assayer_attempts_ended_recently{outcome="completed"}': 1,
    assayer_nuclei_peak_bytes: 123_456,
    assayer_workers_alive: 1,
    assayer_slots: 2,
    assayer_slots_running: 1,
    assayer_redis_up: 1,
    'assayer_request_duration_seconds_count{route="GET /v1/scans",status="2xx"}': 1,
  }
  for (const [name, value] of Object.entries(expected)) expect([name, valueOf(text, name)]).toEqual([name, value])
  expect(valueOf(text, 'assayer_outbox_pending')).toBeGreaterThan(0)
  expect(valueOf(text, 'assayer_claim_latency_p99_seconds')).toBeGreaterThan(0)
  expect(text).not.toContain(api.db.workspaceId)
  expect(text).not.toContain('example.com')
})

test('the listener for Prometheus serves them without a key, and nothing else', async () => {
  const served = await serveMetrics(
    async () => 'assayer_redis_up 1\n',
    { host: '127.0.0.1', port: 0, publicUrl: '' },
    api.deps.log,
  )
  const at = `http://127.0.0.1:${served.port}`
  expect(await (await fetch(`${at}/metrics`)).text()).toBe('assayer_redis_up 1\n')
  const head = await fetch(`${at}/metrics`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  for (const [method, path, status, code] of [
    ['GET', '/v1/scans', 404, 'route-not-found'],
    ['POST', '/metrics', 405, 'method-not-allowed'],
  ] as const) {
    const answer = await fetch(at + path, { method })
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([status, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ code })
  }
  await served.stop()
})

test('the system shows its workers, what waits and what is installed', async () => {
  const { body } = await api.send('GET', '/v1/system')
  expect(body).toMatchObject({
    redis: 'up',
    templates: { digest: 'sha256:test', nuclei: '3.11.1', count: 2 },
    queue: { queued: 2, running: 1 },
    workers: [{ slots: 2, running: 1, memoryBytes: 1000, memoryLimitBytes: 5000, draining: false }],
  })
})

test.each(['/metrics', '/v1/system'])('%s needs system:read', async (path) => {
  const key = await addKey(api.db, api.db.workspaceId, ['scans:read'])
  const reply = await api.app.request(path, { headers: { Authorization: `Bearer ${key.text}` } })
  expect([reply.status, (await api.app.request(path)).status]).toEqual([403, 401])
})
