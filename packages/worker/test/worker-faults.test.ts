import { cp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, until } from './lab.ts'
import type { Lab } from './lab.ts'
import { childrenOf, isRunning } from './processes.ts'
import type { WorkerProcess } from './worker-process.ts'

const starter = fileURLToPath(new URL('../templates/starter', import.meta.url))

let lab: Lab
let worker: WorkerProcess
let id: string
beforeAll(async () => {
  lab = await openLab()
  worker = await lab.worker({ TIME_FACTOR: '0.2' })
  id = await worker.ready
})
afterAll(() => lab.close())

const released = (scan: string) =>
  until('a release', async () => {
    const [row] = await lab.db.sql<{ outcome: string; why: string }[]>`
      select outcome, detail->>'why' as why from attempts where scan_id = ${scan} and ended_at is not null`
    return row ?? null
  })

test('a warden that dies takes its attempt with it uncounted, and another warden holds the next one', async () => {
  const host = '127.0.0.80'
  await lab.scanner.plan(host, 'go on', 'complete')
  const scan = await lab.order([`http://${host}:${lab.site.port}`])
  await until('a request', async () => await Promise.resolve(lab.site.runsAt(host).length > 0))
  process.kill(wardenOf(), 'SIGKILL')
  const { scan: row, attempts, shards } = await lab.settled(scan, true)
  expect(row.state).toBe('completed')
  expect(attempts).toMatchObject([{ outcome: 'released', detail: { why: 'wall-gone' } }, { outcome: 'completed' }])
  expect(shards).toMatchObject([{ losses: 0, releases: 1 }])
})

const wardenOf = () => childrenOf(worker.pid).find(({ command }) => command.includes('warden'))?.pid ?? Number.NaN

test('a warden that stands still for good is no loss, and nothing is claimed until there is another', async () => {
  const host = '127.0.0.84'
  await lab.scanner.plan(host, 'complete')
  const stopped = wardenOf()
  process.kill(stopped, 'SIGSTOP')
  const { scan: row, attempts, shards } = await lab.settled(await lab.order([`http://${host}:${lab.site.port}`]), true)
  expect(row.state).toBe('completed')
  expect(attempts).toMatchObject([{ outcome: 'released', detail: { why: 'wall-gone' } }, { outcome: 'completed' }])
  expect(shards).toMatchObject([{ losses: 0, releases: 1 }])
  expect(isRunning(stopped)).toBe(false)
})

test('a wall that stands still for as long as Nuclei waits leaves the target partial: what it did not see, it cannot count', async () => {
  const host = '127.0.0.85'
  await lab.scanner.plan(host, 'take a second')
  const scan = await lab.order([`http://${host}:${lab.site.port}`], { limits: { timeoutSeconds: 1 } })
  await until('a request', async () => await Promise.resolve(lab.site.runsAt(host).length > 0))
  const warden = wardenOf()
  process.kill(warden, 'SIGSTOP')
  await sleep(1500)
  process.kill(warden, 'SIGCONT')
  const { scan: row, coverage } = await lab.settled(scan)
  expect(row).toMatchObject({ state: 'partial', reason: { code: 'wall-overloaded' } })
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'wall-overloaded' }])
})

test('a scan folder that cannot be used is no loss, and nothing is claimed until it can', async () => {
  const host = '127.0.0.81'
  await lab.scanner.plan(host, 'complete')
  const folder = join(worker.scanDir, id)
  await rm(folder, { recursive: true, force: true })
  await writeFile(folder, 'a file where the folder was')
  const scan = await lab.order([`http://${host}:${lab.site.port}`])
  expect(await released(scan)).toEqual({ outcome: 'released', why: 'worker-unfit' })
  await until('a failed self-check', async () => await Promise.resolve(worker.stderr().includes('self-check failed')))
  const [shard] = await lab.db.sql`select state, attempt, losses from shards where scan_id = ${scan}`
  expect(shard).toEqual({ state: 'queued', attempt: 1, losses: 0 })
  await rm(folder)
  const { scan: row, shards } = await lab.settled(scan, true)
  expect(row.state).toBe('completed')
  expect(shards).toMatchObject([{ attempt: 2, losses: 0, releases: 1 }])
})

test('a scanner that ends as its folder cannot be written is no failure of the scan', async () => {
  const host = '127.0.0.86'
  await lab.scanner.plan(host, 'lose its folder', 'complete')
  const { scan: row, attempts, shards } = await lab.settled(await lab.order([`http://${host}:${lab.site.port}`]), true)
  expect(row.state).toBe('completed')
  expect(attempts).toMatchObject([{ outcome: 'released', detail: { why: 'worker-unfit' } }, { outcome: 'completed' }])
  expect(shards).toMatchObject([{ losses: 0, releases: 1 }])
})

test('a scanner that is no longer there is no loss, and nothing is claimed until it is back', async () => {
  const host = '127.0.0.82'
  await lab.scanner.plan(host, 'complete')
  await rename(lab.scanner.path, `${lab.scanner.path}.away`)
  const scan = await lab.order([`http://${host}:${lab.site.port}`])
  expect(await released(scan)).toEqual({ outcome: 'released', why: 'spawn-failed' })
  await rename(`${lab.scanner.path}.away`, lab.scanner.path)
  const { scan: row, shards } = await lab.settled(scan, true)
  expect(row.state).toBe('completed')
  expect(shards).toMatchObject([{ attempt: 2, losses: 0, releases: 1 }])
})

test('templates that are no longer there are no loss, and nothing is claimed until they are back', async () => {
  const host = '127.0.0.83'
  await lab.scanner.plan(host, 'complete')
  const templates = join(lab.scanner.folder, 'templates')
  await cp(starter, templates, { recursive: true })
  await worker.stop()
  const robbed = await lab.worker({ TIME_FACTOR: '0.2', TEMPLATES_DIR: templates })
  await robbed.ready
  await rename(join(templates, 'http'), `${templates}-away`)
  const scan = await lab.order([`http://${host}:${lab.site.port}`])
  expect(await released(scan)).toEqual({ outcome: 'released', why: 'worker-unfit' })
  await until('a failed self-check', async () => await Promise.resolve(robbed.stderr().includes('self-check failed')))
  await rename(`${templates}-away`, join(templates, 'http'))
  const { scan: row, shards } = await lab.settled(scan, true)
  expect(row.state).toBe('completed')
  expect(shards).toMatchObject([{ attempt: 2, losses: 0, releases: 1 }])
})
