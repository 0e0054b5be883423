import { formatId } from '@assayer/schema'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKey } from '../../packages/api/test/helpers.ts'
import type { TestKey } from '../../packages/api/test/helpers.ts'
import { presets } from '../../packages/api/src/request/permissions.ts'
import { openLab } from '../../packages/worker/test/lab.ts'
import type { Lab } from '../../packages/worker/test/lab.ts'
import type { WorkerProcess } from '../../packages/worker/test/worker-process.ts'
import { bundleForEdge } from '../edge-bundle.ts'

let lab: Lab
let edge: Miniflare
let key: TestKey
let worker: WorkerProcess
const host = '127.0.0.90'
const traceparent = `00-${'4b'.repeat(16)}-${'7a'.repeat(8)}-01`

beforeAll(async () => {
  lab = await openLab()
  key = await addKey(lab.db, lab.db.workspaceId, presets.admin)
  edge = await startEdge({ DATABASE_URL: lab.db.url, SCOPE_ALLOW: '127.0.0.0/8', LOG_LEVEL: 'warn' })
  await lab.scanner.plan(host, 'complete')
  worker = await lab.worker()
})
afterAll(async () => {
  await edge?.dispose()
  await lab.close()
})

async function startEdge(bindings: Record<string, string>): Promise<Miniflare> {
  const started = new Miniflare({
    modules: true,
    script: await bundleForEdge(),
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['nodejs_compat', 'enable_request_signal'],
    bindings,
  })
  try {
    await started.ready
  } catch (cause) {
    throw new Error('workerd does not run on this machine, so the API at the edge cannot be tested here', { cause })
  }
  return started
}

const ask = async (path: string, init: { method?: string; body?: string } = {}) =>
  await edge.dispatchFetch(`http://edge.test${path}`, {
    ...init,
    headers: {
      Authorization: `Bearer ${key.text}`,
      'Idempotency-Key': 'edge-1',
      traceparent,
      ...(init.body ? { 'Content-Type': 'application/json' } : {}),
    },
  })

test('a scan ordered at the edge is run by a worker, and followed and read at the edge; its trace goes on in the worker', async () => {
  const order = {
    method: 'POST',
    body: JSON.stringify({
      targets: [`http://${host}:${lab.site.port}`],
      templates: { ids: ['assayer-git-config', 'assayer-env-file'] },
    }),
  }
  const ordered = await ask('/v1/scans', order)
  expect(ordered.status).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  const again = await ask('/v1/scans', order)
  expect([again.headers.get('Idempotency-Replayed'), await again.json()]).toMatchObject(['true', { id }])

  const events = await (await ask(`/v1/scans/${id}/events`)).text()
  expect(events.endsWith('id: end\nevent: end\ndata: completed\n\n')).toBe(true)
  const scan = (await (await ask(`/v1/scans/${id}`)).json()) as Record<string, unknown>
  expect(scan).toMatchObject({ id, state: 'completed', coverage: { asked: 1, covered: 1 } })
  expect(worker.stderr()).toMatch(new RegExp(`"traceparent":"${traceparent}".*shard claimed`))
  const report = await (await ask(`/v1/scans/${id}/export?format=sarif`)).json()
  expect(report).toMatchObject({ version: '2.1.0', runs: [{ invocations: [{ executionSuccessful: true }] }] })
  expect(worker.stderr()).toMatch(new RegExp(`"traceparent":"${traceparent}".*attempt ended`))
})

test('each request closes what it opened, also when its reader leaves', async () => {
  await lab.scanner.plan('127.0.0.91', 'hang')
  const scanId = await lab.order([`http://127.0.0.91:${lab.site.port}`])
  const stream = await ask(`/v1/scans/${formatId('scan', scanId)}/events`)
  expect(stream.status).toBe(200)
  const reader = stream.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await Promise.all(Array.from({ length: 20 }, async () => await (await ask('/v1/scans')).text()))
  const open = async () =>
    (
      await lab.db
        .sql`select from pg_stat_activity where application_name = 'assayer-edge' and datname = current_database()`
    ).length
  await expect.poll(open, { timeout: 10_000 }).toBe(0)
})

test('the service answers for itself, refuses like anywhere, and says nothing of what it lacks', async () => {
  const ready = await ask('/readyz')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'degraded' }])
  expect((await (await ask('/openapi.json')).json()) as object).toMatchObject({ openapi: '3.1.0' })
  const stranger = await edge.dispatchFetch('http://edge.test/v1/scans')
  expect([stranger.status, await stranger.json()]).toMatchObject([401, { code: 'key-missing' }])
  const lacking = await startEdge({ SCOPE_ALLOW: '127.0.0.0/8' })
  try {
    const answer = await lacking.dispatchFetch('http://edge.test/v1/scans')
    expect([answer.status, await answer.json()]).toMatchObject([500, { code: 'internal' }])
  } finally {
    await lacking.dispose()
  }
})
