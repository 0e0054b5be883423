import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openLab, until } from './lab.ts'
import type { Lab } from './lab.ts'
import { childrenOf, isRunning } from './processes.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

/** A worker that ends with its test. */
async function worker(env: Record<string, string> = {}) {
  const started = await lab.worker(env)
  onTestFinished(async () => void (await started.stop()))
  return started
}

/** Orders a scan of a host whose runs do as said, and waits until the first is in its middle: it found something and asks on. */
async function inMidRun(host: string, ...does: Parameters<Lab['scanner']['plan']>[1][]): Promise<string> {
  await lab.scanner.plan(host, ...does)
  const id = await lab.order([`http://${host}:${lab.site.port}`])
  await until('a finding', async () => (await lab.db.sql`select from findings where scan_id = ${id}`).length > 0)
  return id
}
const gone = (...pids: number[]) =>
  until('the death of a process', async () => await Promise.resolve(pids.every((pid) => !isRunning(pid))))

test('a worker killed in mid-run is taken over by its session key: its scanner dies first, the next run is whole', async () => {
  const killed = await worker({ TIME_FACTOR: '0.2' })
  const id = await inMidRun('127.0.0.60', 'go on', 'complete')
  const children = childrenOf(killed.pid).map(({ pid }) => pid)
  expect(children).toHaveLength(2)
  killed.signal('SIGKILL')
  await killed.ended
  await gone(...children)

  const next = await worker({ TIME_FACTOR: '0.2' })
  const { scan, attempts, shards, findings } = await lab.settled(id, true)
  expect(scan).toMatchObject({ state: 'completed', findings: { total: 2, unconfirmed: 1 } })
  expect(attempts).toMatchObject([
    { number: 1, outcome: 'lost', detail: { why: 'session-gone' } },
    { number: 2, outcome: 'completed' },
  ])
  expect(shards).toMatchObject([{ losses: 1, releases: 0 }])
  expect(findings.filter(({ confirmed }) => !confirmed).map(({ templateId }) => templateId)).toEqual(['early'])
  expect(await next.stop()).toMatchObject({ code: 0 })
})

test('SIGTERM in mid-run gives the shard back uncounted, leaves no process and no folder, and exits 0', async () => {
  const stopped = await worker()
  const id = await inMidRun('127.0.0.61', 'go on', 'complete')
  const children = childrenOf(stopped.pid).map(({ pid }) => pid)
  expect(await stopped.stop()).toMatchObject({ code: 0, signal: null })
  expect(children.map(isRunning)).toEqual([false, false])
  expect(await readdir(stopped.scanDir)).toEqual([])
  const { sql } = lab.db
  const [shard] = await sql`
    select state, attempt, losses, releases, due_at <= now() as due from shards where scan_id = ${id}`
  expect(shard).toEqual({ state: 'queued', attempt: 1, losses: 0, releases: 1, due: true })
  const attempts = await sql`select outcome, detail->>'why' as why from attempts where scan_id = ${id}`
  expect([...attempts]).toEqual([{ outcome: 'released', why: 'shutdown' }])
  expect(await sql`select from workers where id = ${await stopped.ready}`).toHaveLength(0)

  await worker()
  const { scan } = await lab.settled(id)
  expect(scan).toMatchObject({ state: 'completed', findings: { total: 2, unconfirmed: 1 } })
})

test('a scanner that ignores SIGINT does not keep a worker from ending', async () => {
  const stopped = await worker()
  await inMidRun('127.0.0.62', 'hang')
  const children = childrenOf(stopped.pid).map(({ pid }) => pid)
  expect(await stopped.stop()).toMatchObject({ code: 0, signal: null })
  expect(children.map(isRunning)).toEqual([false, false])
})

test('a second SIGTERM ends a worker at once, and its warden takes the scanner with it', async () => {
  const stopped = await worker()
  await inMidRun('127.0.0.63', 'hang')
  const children = childrenOf(stopped.pid).map(({ pid }) => pid)
  stopped.signal('SIGTERM')
  await until(
    'the begin of the stop',
    async () => await Promise.resolve(stopped.stderr().includes('worker began to stop')),
  )
  stopped.signal('SIGTERM')
  expect(await stopped.ended).toMatchObject({ code: 1 })
  await gone(...children)
})
