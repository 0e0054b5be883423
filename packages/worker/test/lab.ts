import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultLimits, newId, parseTarget } from '@assayer/schema'
import type { Limits } from '@assayer/schema'
import { acceptScan, currentBundle, getScan, listScanFindings, selectTemplates } from '@assayer/schema/store'
import type { ScanRow } from '@assayer/schema/store'
import { expect } from 'vitest'
import { testDatabase, testOrder } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { fakeScanner } from './fake-scanner.ts'
import type { FakeScanner } from './fake-scanner.ts'
import { isRunning } from './processes.ts'
import { startSite, turns } from './site.ts'
import type { Site } from './site.ts'
import { startWorkerProcess } from './worker-process.ts'
import type { WorkerProcess } from './worker-process.ts'

type OrderMore = { limits?: Partial<Limits>; templateIds?: string[] }
export type Lab = {
  db: TestDatabase
  scanner: FakeScanner
  site: Site
  /** Starts a worker on this lab's database and scanner. */
  worker(env?: Record<string, string>, flags?: readonly string[]): Promise<WorkerProcess>
  /** Orders a scan of these targets in one shard of two HTTP templates; a bare path or nothing stands for the site. */
  order(hosts: string[], more?: OrderMore): Promise<string>
  /** Waits for the scan's end; with `hurry` a shard that waits for its next try need not wait. */
  ended(scanId: string, hurry?: boolean): Promise<ScanRow>
  /** What must hold of every ended scan, with its rows. */
  settled(scanId: string, hurry?: boolean): Promise<Settled>
  close(): Promise<void>
}
export type Settled = {
  scan: ScanRow
  shards: { state: string; attempt: number; losses: number; releases: number; memoryKills: number; reason: unknown }[]
  attempts: { number: number; outcome: string; detail: Record<string, unknown> }[]
  coverage: { coverage: string; reason: string | null }[]
  findings: { templateId: string; confirmed: boolean | null }[]
}

/** Waits until `look` gives something, at most as long as said; it is asked each 50 ms. */
export async function until<T>(what: string, look: () => Promise<T | null | false>, deadlineMs = 45_000): Promise<T> {
  const end = performance.now() + deadlineMs
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== false) return seen
    if (performance.now() > end) throw new Error(`${what} did not come`)
    await sleep(50)
  }
}

/** A database, a site on every loopback address and a fake scanner, for one test file. */
export async function openLab(scannerPath?: string): Promise<Lab> {
  const [db, scanner, site] = await Promise.all([testDatabase(), fakeScanner(), startSite()])
  const { sql, workspaceId } = db
  const workers: WorkerProcess[] = []

  const ended: Lab['ended'] = (scanId, hurry = false) =>
    until(`the end of the scan\n${workers.map((one) => one.stderr().slice(-2000)).join('\n')}`, async () => {
      if (hurry)
        await sql`update shards set due_at = now() - interval '1 minute', avoid_worker_id = null
          where scan_id = ${scanId} and state = 'queued'`
      const scan = await getScan(sql, workspaceId, scanId)
      return scan?.finishedAt ? scan : null
    })

  return {
    db,
    scanner,
    site,
    ended,
    async worker(env = {}, flags = []) {
      const path = scannerPath ?? scanner.path
      const worker = await startWorkerProcess({ ...db.env, NUCLEI_PATH: path, ...env }, flags)
      workers.push(worker)
      await worker.ready
      return worker
    },
    async order(hosts, more = {}) {
      const bundle = await currentBundle(sql)
      if (!bundle) throw new Error('no worker has installed its templates')
      const all = { ids: [], tags: [], severities: [], protocols: ['http' as const], excludeIds: [], excludeTags: [] }
      const chosen = await selectTemplates(sql, bundle.digest, all)
      const ids = more.templateIds ?? chosen.slice(0, 2).map(({ id }) => id)
      const targets = hosts.map((text) => {
        const parsed = parseTarget(text)
        if (!parsed.ok) throw new Error(parsed.message)
        const { canonical, host, port } = parsed.target
        return { ordered: text, canonical, host, port }
      })
      const order = testOrder(workspaceId, 1, {
        bundle,
        limits: { ...defaultLimits, timeoutSeconds: 2, requestsPerSecond: 1000, ...more.limits },
        templatesSelected: ids.length,
        targets,
        templateSets: [{ origin: 'starter', ids, requests: ids.length }],
        shards: [
          { id: newId(), hosts: targets.map(({ host }) => host), templateSet: 0, targets: targets.map((_, n) => n) },
        ],
      })
      await acceptScan(sql, workspaceId, order)
      await sql`select pg_notify('assayer_work', '')`
      return order.scanId
    },
    async settled(scanId, hurry) {
      const scan = await ended(scanId, hurry)
      const kinds = await sql<{ kind: string }[]>`select kind from outbox where scan_id = ${scanId} order by kind`
      expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([`scan.${scan.state}`, 'scan.started'].toSorted())
      const all = { severities: [], before: null, limit: 1000 }
      const findings = await listScanFindings(sql, workspaceId, scanId, all)
      expect(findings.filter(({ confirmed }) => confirmed === null)).toEqual([])
      const hosts = await sql<{ host: string }[]>`select distinct host from scan_targets where scan_id = ${scanId}`
      for (const { host } of hosts) {
        const inTurn = turns(site.runsAt(host).filter((run) => run !== 'assayer'))
        expect(new Set(inTurn).size).toBe(inTurn.length)
        for (const { pid } of await scanner.runs(host)) expect(isRunning(pid)).toBe(false)
      }
      return {
        scan,
        shards: await sql<
          Settled['shards']
        >`select state, attempt, losses, releases, memory_kills as "memoryKills", reason
          from shards where scan_id = ${scanId} order by ordinal`,
        attempts: await sql<Settled['attempts']>`select number, outcome, detail from attempts
          where scan_id = ${scanId} order by shard_id, number`,
        coverage: await sql<Settled['coverage']>`select coverage, reason from shard_targets
          where scan_id = ${scanId} order by ordinal`,
        findings: findings.map(({ templateId, confirmed }) => ({ templateId, confirmed })),
      }
    },
    async close() {
      try {
        await Promise.all(workers.map((worker) => worker.stop()))
        for (const { pid } of await scanner.runs()) expect(isRunning(pid)).toBe(false)
      } finally {
        await Promise.all([site.stop(), scanner.remove(), db.drop(), ...workers.map((worker) => worker.remove())])
      }
    },
  }
}

/** The folders of runs that are in a worker's scan folder now. */
export async function runFolders({ scanDir }: WorkerProcess): Promise<string[]> {
  return (await readdir(scanDir, { recursive: true })).filter((name) => /(?:^|\/)scan-[^/]+$/.test(name))
}
