import { newId } from '@assayer/schema'
import { cancelWaitingShards, requestCancel, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, until } from './lab.ts'
import type { Lab } from './lab.ts'
import { isRunning } from './processes.ts'
import { startSilence } from './site.ts'

let lab: Lab
let silence: Awaited<ReturnType<typeof startSilence>>
beforeAll(async () => {
  lab = await openLab()
  silence = await startSilence()
  await lab.worker({ WORKER_CONCURRENCY: '2' })
})
afterAll(async () => {
  await lab.close()
  await silence.stop()
})

async function cancel(id: string) {
  const { sql, workspaceId } = lab.db
  const actor = { kind: 'key' as const, id: newId() }
  await requestCancel(sql, workspaceId, id, { id: newId(), actor, requestId: null })
  await cancelWaitingShards(sql, workspaceId, id)
  await settleScan(sql, workspaceId, id)
}

test.concurrent.each(['go on', 'hang'] as const)(
  'a cancel ends a scanner in mid-run and keeps what it found: %s',
  async (does) => {
    const host = does === 'hang' ? '127.0.0.70' : '127.0.0.71'
    await lab.scanner.plan(host, does)
    const id = await lab.order([`http://${host}:${lab.site.port}`])
    await until('a finding', async () => {
      const rows = await lab.db.sql`select from findings where scan_id = ${id}`
      return rows.length > 0
    })
    const [run] = await lab.scanner.runs(host)
    expect(isRunning(run?.pid ?? 0)).toBe(true)
    await cancel(id)
    const { scan, shards, attempts, coverage, findings } = await lab.settled(id)
    expect(scan).toMatchObject({
      state: 'cancelled',
      reason: { code: 'cancelled' },
      findings: { total: 1, unconfirmed: 0 },
    })
    expect(shards).toMatchObject([{ state: 'cancelled', attempt: 1, losses: 0 }])
    expect(attempts).toMatchObject([{ outcome: 'cancelled' }])
    expect(coverage).toEqual([{ coverage: 'partial', reason: 'cancelled' }])
    expect(findings).toEqual([{ templateId: 'early', confirmed: true }])
  },
)

test.concurrent('a cancel while silent targets are asked what they speak waits for none and asks no more', async () => {
  const host = '127.0.0.72'
  await lab.scanner.plan(host, 'complete')
  const targets = Array.from({ length: 30 }, (_, n) => `127.0.0.${72 + n}:${silence.port}`)
  const id = await lab.order(targets, { limits: { timeoutSeconds: 60 } })
  await until('a question', async () => await Promise.resolve(silence.accepted() > 0))
  await cancel(id)
  const { scan, coverage } = await lab.settled(id)
  expect(scan.state).toBe('cancelled')
  expect(coverage.every(({ coverage }) => coverage !== 'covered' && coverage !== 'pending')).toBe(true)
  expect(silence.accepted()).toBeLessThanOrEqual(20)
  expect(await lab.scanner.runs(host)).toEqual([])
})
