import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, runFolders } from './lab.ts'
import type { Lab } from './lab.ts'
import { childrenOf } from './processes.ts'
import type { WorkerProcess } from './worker-process.ts'

let lab: Lab
let worker: WorkerProcess
let hosts = 10
beforeAll(async () => {
  lab = await openLab()
  worker = await lab.worker({ WORKER_CONCURRENCY: '4' })
})
afterAll(() => lab.close())

/** Orders a scan of a host of its own, whose runs do as said, and waits for its end. */
async function scan(
  does: Parameters<Lab['scanner']['plan']>[1][],
  more: { bare?: boolean } & Parameters<Lab['order']>[1] = {},
) {
  const host = `127.0.0.${hosts++}`
  await lab.scanner.plan(host, ...does)
  const place = `${host}:${lab.site.port}`
  const id = await lab.order([more.bare ? place : `http://${place}`], more)
  return { ...(await lab.settled(id, true)), runs: await lab.scanner.runs(host) }
}

const names = (findings: { templateId: string; confirmed: boolean | null }[], confirmed = true) =>
  findings
    .filter((one) => one.confirmed === confirmed)
    .map(({ templateId }) => templateId)
    .toSorted()

test.concurrent('a run that looked at everything completes its scan', async () => {
  const { scan: row, shards, attempts, coverage, findings } = await scan(['complete'])
  expect(row).toMatchObject({ state: 'completed', reason: null, requests: 5, errors: 0, templatesLoaded: 2 })
  expect(shards).toMatchObject([{ state: 'completed', losses: 0, releases: 0 }])
  expect(attempts).toMatchObject([
    { number: 1, outcome: 'completed', detail: { exits: [{ kind: 'exited', code: 0 }] } },
  ])
  expect(coverage).toEqual([{ coverage: 'covered', reason: null }])
  expect(names(findings)).toEqual(['first', 'second'])
})

test.concurrent('exit 1 at once is failed at once, with what the scanner said', async () => {
  const { scan: row, shards, attempts, coverage } = await scan(['exit at once'])
  expect(row).toMatchObject({ state: 'failed', reason: { code: 'scanner-error' } })
  expect(row.reason?.detail).toContain('no templates provided for scan')
  expect(shards).toMatchObject([{ state: 'failed', attempt: 1, losses: 0 }])
  expect(attempts).toMatchObject([{ outcome: 'failed', detail: { exits: [{ kind: 'exited', code: 1 }] } }])
  expect(coverage).toEqual([{ coverage: 'skipped', reason: 'scanner-error' }])
})

test.concurrent('exit 1 after findings keeps them and is partial', async () => {
  const { scan: row, shards, coverage, findings } = await scan(['exit after findings'])
  expect(row).toMatchObject({ state: 'partial', reason: { code: 'scanner-error' } })
  expect(shards).toMatchObject([{ state: 'partial', attempt: 1 }])
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'scanner-error' }])
  expect(names(findings)).toEqual(['first', 'second'])
})

test.concurrent('last words that are cut inside a character are no reason to lose what was found', async () => {
  const { scan: row, shards, findings } = await scan(['complain at length'])
  expect(row).toMatchObject({ state: 'partial', reason: { code: 'scanner-error' } })
  expect(shards).toMatchObject([{ attempt: 1, losses: 0 }])
  expect(names(findings)).toEqual(['first', 'second'])
})

test.concurrent('a scanner killed by SIGKILL is a counted loss of memory, and runs again alone at half the size', async () => {
  const { scan: row, shards, attempts, findings, runs } = await scan(['die by SIGKILL', 'complete'])
  expect(row.state).toBe('completed')
  expect(shards).toMatchObject([{ state: 'completed', attempt: 2, losses: 1, memoryKills: 1, releases: 0 }])
  expect(attempts).toMatchObject([
    { outcome: 'lost', detail: { why: 'killed by SIGKILL', exits: [{ kind: 'signalled', signal: 'SIGKILL' }] } },
    { outcome: 'completed' },
  ])
  expect(names(findings)).toEqual(['first', 'second'])
  expect(names(findings, false)).toEqual(['only-a-lost-run-saw-it'])
  expect(row.findings).toMatchObject({ total: 2, unconfirmed: 1 })
  const sizes = runs.map(({ args }) => [args[args.indexOf('-c') + 1], args[args.indexOf('-bs') + 1]])
  expect(sizes).toEqual([
    ['10', '10'],
    ['5', '5'],
  ])
})

test.concurrent('the third loss makes the shard dead, and what it saw is not counted', async () => {
  const { scan: row, shards, attempts, coverage, findings } = await scan(['die by SIGSEGV'])
  expect(row).toMatchObject({
    state: 'failed',
    reason: { code: 'shards-dead' },
    findings: { total: 0, unconfirmed: 1 },
  })
  expect(shards).toMatchObject([{ state: 'dead', attempt: 3, losses: 3, memoryKills: 0 }])
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'lost', 'lost'])
  expect(coverage).toEqual([{ coverage: 'skipped', reason: 'shards-dead' }])
  expect(names(findings, false)).toEqual(['only-a-lost-run-saw-it'])
})

test.concurrent('exit 0 having done nothing is failed', async () => {
  const { scan: row, coverage } = await scan(['do nothing'])
  expect(row).toMatchObject({ state: 'failed', reason: { code: 'templates-not-loaded' } })
  expect(coverage).toEqual([{ coverage: 'skipped', reason: 'templates-not-loaded' }])
})

test.concurrent('exit 0 and a claim to have looked cover nothing, whether or not Assayer asked the target itself', async () => {
  for (const bare of [false, true]) {
    const { scan: row, coverage } = await scan(['claim to have looked'], { bare })
    expect(row).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' } })
    expect(coverage).toEqual([{ coverage: 'unreachable', reason: 'not-contacted' }])
  }
})

test.concurrent('fewer templates than asked for are partial', async () => {
  const { scan: row, coverage } = await scan(['load fewer'])
  expect(row).toMatchObject({ state: 'partial', reason: { code: 'templates-not-loaded' }, templatesLoaded: 1 })
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'templates-not-loaded' }])
})

test.concurrent('a target that the scanner gave up is partial', async () => {
  const { scan: row, coverage } = await scan(['give up a target'])
  expect(row.state).toBe('partial')
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'given-up-by-nuclei' }])
})

test.concurrent('the soft limit ends a scanner that ignores SIGINT, keeps its findings and is not tried again', async () => {
  const { scan: row, shards, coverage, findings } = await scan(['hang'], { limits: { softLimitSeconds: 3 } })
  expect(row).toMatchObject({ state: 'partial', reason: { code: 'soft-limit' } })
  expect(shards).toMatchObject([{ state: 'partial', attempt: 1, losses: 0 }])
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'soft-limit' }])
  expect(names(findings)).toEqual(['early'])
})

test('after all of it the worker has one child, its warden, no zombie, and no folder of a run', async () => {
  const children = childrenOf(worker.pid)
  expect(children.map(({ state }) => state)).not.toContain('Z')
  expect(children).toHaveLength(1)
  expect(children[0]?.command).toContain('warden')
  expect(await runFolders(worker)).toEqual([])
  expect(await worker.stop()).toMatchObject({ code: 0, signal: null })
  expect(await readdir(worker.scanDir)).toEqual([])
})
