import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openLab } from './lab.ts'
import type { Lab, Settled } from './lab.ts'
import { isRunning, killed, peakMemory } from './processes.ts'
import type { WorkerProcess } from './worker-process.ts'

let lab: Lab
let worker: WorkerProcess
let hosts = 10
/** As in the images, where memory matters. */
const imageFlags = ['--optimize-for-size', '--max-semi-space-size=1']
beforeAll(async () => {
  lab = await openLab()
  worker = await lab.worker({ WORKER_CONCURRENCY: '2' }, imageFlags)
})
afterAll(() => lab.close())

async function scan(does: Parameters<Lab['scanner']['plan']>[1]) {
  const host = `127.0.0.${hosts++}`
  await lab.scanner.plan(host, does)
  return { host, ...(await lab.settled(await lab.order([`http://${host}:${lab.site.port}`]))) }
}
const names = ({ findings }: Settled) =>
  findings.map(({ templateId, confirmed }) => (confirmed ? templateId : `${templateId}?`)).toSorted()
const detail = ({ attempts }: Settled) => attempts.map((attempt) => attempt.detail)

const mib64 = 64 * 1_048_576

test('64 MiB of output that repeats itself are one finding, and cost the worker no such memory', async () => {
  await scan('complete')
  const before = peakMemory(worker.pid)
  const settled = await scan('flood')
  expect(settled.scan.state).toBe('completed')
  expect(names(settled)).toEqual(['first', 'second'])
  expect(peakMemory(worker.pid) - before).toBeLessThan(mib64)
})

test('1 GiB of output that is no finding is read to its end, and costs the worker no such memory', async () => {
  const before = peakMemory(worker.pid)
  const settled = await scan('flood noise')
  expect(settled.scan).toMatchObject({ state: 'partial', reason: { code: 'output-truncated' } })
  expect(names(settled)).toEqual(['first'])
  expect(detail(settled)[0]?.['odd']).toBeGreaterThan(1_048_000)
  expect(peakMemory(worker.pid) - before).toBeLessThan(mib64)
})

test('a line of 100 MiB is skipped and counted, what stands around it is kept, and the scan is not complete', async () => {
  const before = peakMemory(worker.pid)
  const settled = await scan('one long line')
  expect(settled.scan).toMatchObject({ state: 'partial', reason: { code: 'output-truncated' } })
  expect(settled.coverage).toEqual([{ coverage: 'partial', reason: 'output-truncated' }])
  expect(names(settled)).toEqual(['first', 'second'])
  expect(detail(settled)).toMatchObject([{ dropped: 1 }])
  expect(peakMemory(worker.pid) - before).toBeLessThan(mib64)
})

test('half a line at the end is a finding that was lost: the scan is not complete', async () => {
  const settled = await scan('half a line')
  expect(settled.scan).toMatchObject({ state: 'partial', reason: { code: 'output-truncated' } })
  expect(names(settled)).toEqual(['first', 'second'])
  expect(detail(settled)).toMatchObject([{ dropped: 1, odd: 0 }])
})

test('a line nested without end is counted, and is no loss of the shard', async () => {
  const settled = await scan('nest without end')
  expect(settled.scan.state).toBe('partial')
  expect(settled.shards).toMatchObject([{ attempt: 1, losses: 0 }])
  expect(names(settled)).toEqual(['first', 'second'])
})

test('NUL, lone surrogates and bytes that are no UTF-8 are kept as text that PostgreSQL takes', async () => {
  const settled = await scan('odd bytes')
  expect(settled.scan.state).toBe('completed')
  expect(names(settled)).toEqual(['first', 'no-utf-8', 'nul', 'second'])
  expect(detail(settled)).toMatchObject([{ dropped: 0, odd: 1 }])
  const { sql } = lab.db
  const [nul] = await sql`select extracted_results, response from findings f
    join finding_evidence e on e.workspace_id = f.workspace_id and e.finding_id = f.id
    where scan_id = ${settled.scan.id} and template_id = 'nul'`
  expect(nul).toEqual({ extracted_results: ['', '\ufffd'], response: 'ab' })
  const [other] = await sql`select response from findings f
    join finding_evidence e on e.workspace_id = f.workspace_id and e.finding_id = f.id
    where scan_id = ${settled.scan.id} and template_id = 'no-utf-8'`
  expect(other).toEqual({ response: 'a\ufffd\ufffd(b' })
})

test('a grandchild that left the group and keeps the pipe open holds nothing up, and does not stay', async () => {
  const settled = await scan('leave a grandchild')
  expect(settled.scan.state).toBe('completed')
  expect(names(settled)).toEqual(['first', 'second'])
  const note = (await lab.scanner.notes()).find((one) => one['host'] === settled.host && 'grandchild' in one)
  const grandchild = Number(note?.['grandchild'])
  onTestFinished(() => killed(grandchild))
  expect(grandchild).toBeGreaterThan(1)
  expect(isRunning(grandchild)).toBe(false)
})

test('a scanner that closes its stdout early is judged at its end, not at the end of its output', async () => {
  const settled = await scan('close stdout')
  expect(settled.scan).toMatchObject({ state: 'completed', requests: 10 })
  expect(names(settled)).toEqual(['first'])
})
