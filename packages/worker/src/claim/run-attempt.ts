import { mustYield, recordFindings, releaseShard, writeProgress } from '@assayer/schema/store'
import { classifyAddress } from '@assayer/schema'
import { checkReadable } from '../bundle/check-readable.ts'
import { writeCustom } from '../custom/write-custom.ts'
import type { RunnableTemplates } from '../custom/write-custom.ts'
import { coverageOf, lateAnswers } from '../coverage/cover.ts'
import type { DoneRun } from '../coverage/cover.ts'
import { lateWeb } from '../coverage/late-web.ts'
import { batchFindings } from '../findings/batch.ts'
import type { Batch } from '../findings/batch.ts'
import { toFinding } from '../findings/to-finding.ts'
import { nucleiArguments, wallUrl } from '../nuclei/arguments.ts'
import { makeFolder } from '../nuclei/folder.ts'
import type { ScanFolder } from '../nuclei/folder.ts'
import type { Wall } from '../reach/ask.ts'
import { planRuns } from '../reach/plan-runs.ts'
import type { Reached, RunPlan } from '../reach/plan-runs.ts'
import type { Warden } from '../wall/start-warden.ts'
import type { Evidence } from '../wall/warden-messages.ts'
import type { Attempt } from './attempt.ts'
import type { RunDeps } from './deps.ts'
import { decideEnding, endAttempt } from './end-attempt.ts'
import type { AttemptResult } from './end-attempt.ts'
import { insist } from './insist.ts'
import { prepareTargets, reachTargets } from './prepare.ts'
import { caps, runNuclei } from './run-nuclei.ts'
import type { RunEnd } from './run-nuclei.ts'
import { targetNamer } from './target-namer.ts'
import { selectsHttp, templateFiles } from './template-files.ts'

/**
 * Runs a claimed shard from its targets to its end: yields where another attempt meets one of its hosts, opens the wall, finds
 * out what the targets speak, runs Nuclei, judges coverage by the wall's counts, finishes or releases the shard. Expected
 * endings never throw; what throws is logged by the caller, which then releases the shard.
 */
export async function runAttempt(deps: RunDeps, attempt: Attempt): Promise<void> {
  const { shard } = attempt
  // Reads only, at the same time: what it is to scan is needed by all but the few that yield.
  const [yields, { scope, inScope, outOfScope }] = await Promise.all([
    insist(() => mustYield(deps.sql, attempt.key), attempt.signal),
    insist(() => prepareTargets(deps, attempt), attempt.signal),
  ])
  if (yields) {
    await releaseShard(deps.sql, attempt.key, {
      why: 'yielded',
      counted: false,
      delayMs: 3000 + Math.random() * 2000,
      detail: {},
    })
    return
  }
  const limits = startLimits(attempt)
  const warden = await deps.warden()
  const folder = await makeFolder(deps.scanDir, deps.memoryShare)
  try {
    const credentials = await warden.open({
      attemptId: attempt.id,
      scope,
      targets: inScope.map(({ target: { host, port, address, scheme } }) => ({ host, port, address, scheme })),
      requestsPerSecond: shard.limits.requestsPerSecond,
      maxConnections: Math.min(1500, 100 + shard.limits.concurrency * 25),
      asOf: attempt.claimedAt,
    })
    const wall: Wall = { port: warden.port, ...credentials }
    const timeoutMs = shard.limits.timeoutSeconds * 1000
    const reached = await reachTargets(inScope, wall, timeoutMs, attempt.signal)
    const before = await warden.evidence(attempt.id)
    const templates = shard.origin === 'custom' ? await writeCustom(deps.sql, attempt, folder.path) : deps.bundle
    const batch = batchFindings({ write: (rows) => writeBatch(deps, attempt, rows), maxFindings: caps.findings })
    const runs: DoneRun[] = []
    for (const plan of planRuns(reached)) {
      const files = templateFiles(templates, attempt, plan)
      if (attempt.stopped() || files.found.length === 0) continue
      const end = await oneRun({
        deps,
        attempt,
        warden,
        folder,
        wall,
        batch,
        reached,
        plan,
        templates,
        files: files.found,
      })
      if ((end.told.templatesLoaded ?? 0) < files.found.length) await checkReadable(files.found)
      const wrong = end.exit.kind === 'exited' && (end.exit.code !== 0 || end.told.requests === 0)
      if (wrong && attempt.stopped() === null) await folder.checkRoom()
      runs.push({ plan, end, ...files })
      if (end.exit.kind !== 'exited' || end.exit.code !== 0) break
    }
    await batch.flush()
    const after = await warden.evidence(attempt.id)
    const late = await lateAnswers({ reached, runs, before, after }, wall, timeoutMs, attempt.signal)
    const turned = selectsHttp(templates, attempt)
      ? await lateWeb(reached, { before, after }, wall, timeoutMs, attempt.signal)
      : new Set<number>()
    await warden.close(attempt.id)
    const stopped = attempt.stopped()
    const targets = coverageOf({
      inScope,
      outOfScope,
      reached,
      late,
      lateWeb: turned,
      before,
      after,
      runs,
      stopped,
      timeoutMs,
    })
    const loaded = runs.map(({ end }) => end.told.templatesLoaded ?? 0)
    const result: AttemptResult = {
      ends: runs.map(({ end }) => end),
      targets,
      findings: batch.distinct(),
      templatesLoaded: loaded.length > 0 ? Math.max(...loaded) : null,
    }
    const ending = decideEnding(attempt, result)
    if (ending.kind === 'release' && ending.release.why === 'spawn-failed') deps.doubtSelf()
    await endAttempt(deps, attempt, result, ending)
  } finally {
    limits.clear()
    warden.close(attempt.id).catch(() => {})
    await folder.remove()
  }
}

function startLimits(attempt: Attempt): { clear(): void } {
  const soft = setTimeout(() => attempt.stop('soft-limit'), attempt.shard.softLimitMs)
  const hard = setTimeout(() => attempt.stop('hard-limit'), attempt.shard.hardLimitMs)
  return {
    clear() {
      clearTimeout(soft)
      clearTimeout(hard)
    },
  }
}

async function writeBatch(deps: RunDeps, attempt: Attempt, rows: Parameters<typeof recordFindings>[2]): Promise<void> {
  if (attempt.stopped() === 'fenced') return
  const fresh = await insist(() => recordFindings(deps.sql, attempt.key, rows), AbortSignal.timeout(60_000))
  if (fresh === null) attempt.stop('fenced')
  else deps.publish(attempt.key.scanId)
}

const trafficOf = ({ targets }: Evidence): number =>
  targets.reduce((sum, { connects, bytesIn, bytesOut }) => sum + connects + bytesIn + bytesOut, 0)

type OneRun = {
  deps: RunDeps
  attempt: Attempt
  warden: Warden
  folder: ScanFolder
  wall: Wall
  batch: Batch
  reached: Reached[]
  plan: RunPlan
  templates: RunnableTemplates
  files: string[]
}

async function oneRun({
  deps,
  attempt,
  warden,
  folder,
  wall,
  batch,
  reached,
  plan,
  templates,
  files,
}: OneRun): Promise<RunEnd> {
  const { limits, evidence } = attempt.shard
  const args = await nucleiArguments(
    {
      folder: folder.path,
      lines: plan.lines,
      protocols: plan.protocols,
      templatesRoot: templates.root,
      templateFiles: files,
      wall,
      resolvers: deps.resolvers,
      publicOnly:
        reached.every(({ target }) => target.address === null || classifyAddress(target.host) === 'public') &&
        deps.operatorRules.every(({ pattern }) => pattern.kind !== 'network'),
      userAgent: deps.userAgent,
    },
    attempt.shard,
  )
  const stalledAfterMs = Math.max(
    60_000,
    5000 * limits.timeoutSeconds * (limits.retries + 1),
    3000 / limits.requestsPerSecond,
  )
  const nameTarget = targetNamer(reached.map(({ target }) => target))
  let traffic = 0
  let written = 0
  let writing = false
  return await runNuclei(
    attempt,
    {
      binary: deps.binary,
      args,
      env: { ...folder.env, HTTP_PROXY: wallUrl(wall) },
      folder: folder.path,
      stalledAfterMs,
      graceMs: 3000,
    },
    batch,
    (event) => toFinding(event, evidence, nameTarget),
    {
      onSpawned: (pid, startTime) => warden.spawned(attempt.id, pid, startTime),
      async wallMoved() {
        const before = traffic
        traffic = trafficOf(await warden.evidence(attempt.id))
        return traffic > before
      },
      onProgress(told) {
        if (writing || performance.now() - written < 4500) return
        writing = true
        written = performance.now()
        const { percent, requests, errors, templatesLoaded } = told
        writeProgress(deps.sql, attempt.key, {
          percent,
          requests,
          errors,
          templatesLoaded,
          unconfirmed: batch.distinct(),
        })
          .then((mine) => (mine ? deps.publish(attempt.key.scanId) : attempt.stop('fenced')))
          .catch((error: unknown) => deps.log.debug({ err: error }, 'progress was not written'))
          .finally(() => (writing = false))
      },
    },
  )
}
