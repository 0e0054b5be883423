import { realpath, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId, version } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { deadlineSocket } from '@assayer/schema/database'
import { listenToDoorbell } from '@assayer/schema/doorbell'
import { beat, connect, registerWorker, unregisterWorker } from '@assayer/schema/store'
import { writeBundle } from './bundle/install.ts'
import { checkAndInstall } from './check-and-install.ts'
import { startClaiming } from './claim/claim-loop.ts'
import { insist } from './claim/insist.ts'
import { runAttempt } from './claim/run-attempt.ts'
import { leaseTimes, watchAttempts } from './claim/watch-attempts.ts'
import type { WorkerConfig } from './config.ts'
import { startDuty } from './duties/duty.ts'
import { createReaper, reapTimes } from './duties/reap.ts'
import { retain } from './duties/retention.ts'
import { validateTemplates } from './duties/validate-templates.ts'
import { settleLeftOver } from './duties/settle.ts'
import { openSession } from './lease/session.ts'
import { mayUse, tooOld } from './may-use.ts'
import { memoryNow, memoryShare } from './memory-share.ts'
import { operatorRules } from './operator-rules.ts'
import { ownAddresses } from './own-addresses.ts'
import { createPublisher } from './publish.ts'
import { removeFolder, sweepFolders } from './nuclei/folder.ts'
import { scanFolder, signOfLife } from './scan-folder.ts'
import { scaled } from './scaled.ts'
import { checkSelf } from './self-check.ts'
import { StartError } from './start-error.ts'
import { keepWarden } from './keep-warden.ts'
import { startWebhooks } from './webhooks/start-webhooks.ts'

export type Worker = {
  id: string
  /** Resolves when the worker wants to be replaced. */ spent: Promise<void>
  stop(): Promise<void>
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const digests = new URL('../templates/starter-digests.json', import.meta.url)

/** Starts a worker: checks itself, installs its templates, then claims and keeps the duties until stopped. */
export async function startWorker(config: WorkerConfig, log: Log, signal: AbortSignal): Promise<Worker> {
  const id = newId()
  const parent = scanFolder(config.SCAN_DIR)
  await sweepFolders(parent)
  try {
    return await start(id, join(parent, id), config, log, signal)
  } catch (error) {
    await removeFolder(join(parent, id)).catch(() => {})
    throw error
  }
}

async function start(
  id: string,
  scanDir: string,
  config: WorkerConfig,
  log: Log,
  signal: AbortSignal,
): Promise<Worker> {
  const given = config.TEMPLATES_DIR ?? here('../templates/starter')
  // An update turns the link to a new folder; this worker stays with the files whose digest it has told.
  const templatesDir = await realpath(given).catch(() => given)
  const binary = config.NUCLEI_PATH
  const parts = { binary, templatesDir, scanDir }
  const { nucleiVersion, texts, ...bundle } = await checkAndInstall(parts, digests, signal, log)

  const sessionUrl = config.DATABASE_SESSION_URL ?? config.DATABASE_URL
  const pooled = config.DATABASE_POOLED === '1' && config.DATABASE_SESSION_URL === undefined
  const prepare = config.DATABASE_POOLED === '0'
  // Above the role's statement_timeout of 10 s.
  const socket = deadlineSocket(12_000)
  const sql = connect(config.DATABASE_URL, {
    name: 'assayer-worker',
    max: config.WORKER_CONCURRENCY * 2 + 3,
    prepare,
    socket,
  })
  const reapSql = connect(sessionUrl, { name: 'assayer-reap', max: 1, forever: true, socket })
  const signLife = () => writeFile(signOfLife(dirname(scanDir)), '').catch(() => {})
  const registered = {
    id,
    version,
    nucleiVersion,
    bundleDigest: bundle.digest,
    slots: config.WORKER_CONCURRENCY,
  }
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(15_000 * config.TIME_FACTOR)])
    await insist(() => mayUse(sql), deadline)
    await writeBundle(sql, { ...bundle, texts }, nucleiVersion, deadline)
    await registerWorker(sql, registered)
    await signLife()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`PostgreSQL cannot be used (${reason}): check DATABASE_URL, and run the migrations first`, {
      cause,
    })
  }

  const lease = { ...scaled(leaseTimes, config.TIME_FACTOR), silenceMs: leaseTimes.silenceMs }
  const publisher = createPublisher(config.REDIS_URL, log)
  let draining = false
  let doubted = false
  const doubtSelf = () => void (doubted = true)
  const session = openSession({
    url: sessionUrl,
    pooled,
    log,
    onKey: (key) => void beat(sql, id, key, draining || doubted, memoryNow()).catch(() => {}),
  })
  const own = await ownAddresses([config.DATABASE_URL, sessionUrl, config.REDIS_URL])
  const webhooks = await startWebhooks({ config, workerId: id, version, pool: { prepare, socket }, own, log })
  /** Says that something of a scan changed, which may be an event. */
  const publish = (scanId: string, ended = false) => (publisher.publish(scanId, ended), webhooks?.wake())
  const warden = keepWarden({
    own,
    resolvers: config.RESOLVERS,
    times: lease,
    log,
    onKilled: (attemptId) =>
      claims
        .running()
        .find((attempt) => attempt.id === attemptId)
        ?.stop('database-away'),
    onLost: () => claims.running().forEach((attempt) => attempt.stop('wall-gone')),
  })
  const claims = startClaiming({
    workerId: id,
    sql,
    log,
    slots: config.WORKER_CONCURRENCY,
    leaseMs: lease.leaseMs,
    sessionKey: session.key,
    mayClaim: () => !draining && !doubted && (pooled || session.key() !== null),
    publish,
    doubtSelf,
    run: (attempt) =>
      runAttempt(
        {
          workerId: id,
          sql,
          log,
          binary,
          bundle,
          scanDir,
          resolvers: config.RESOLVERS,
          userAgent: config.SCAN_USER_AGENT ?? null,
          operatorRules: operatorRules(config),
          own,
          memoryShare: memoryShare(config.WORKER_CONCURRENCY),
          warden: warden.get,
          publish,
          doubtSelf,
        },
        attempt,
      ),
  })
  const validations = startDuty('validate', 1000, log, async (stop) => {
    const deps = { workerId: id, sql, log, binary, scanDir, onEnd: (id: string) => publisher.publish(id, true) }
    if (!draining && !doubted) await validateTemplates(deps, stop)
  })
  const wake = () => (claims.wake(), validations.wake(), webhooks?.wake())
  const bell = listenToDoorbell({ redisUrl: config.REDIS_URL, log, onRing: wake })
  const notified = pooled ? null : connect(sessionUrl, { name: 'assayer-listen', max: 1, forever: true })
  notified
    ?.listen('assayer_work', wake, wake)
    .catch((error: unknown) => log.warn({ err: error }, 'LISTEN failed: the poll goes on'))

  const started = Date.now()
  const spent = Promise.withResolvers<void>()
  const reap = createReaper({
    sql: reapSql,
    log,
    times: { ...scaled(reapTimes, config.TIME_FACTOR), gapMs: reapTimes.gapMs },
    pooled,
    onTaken: (scanId) => (publish(scanId), claims.wake()),
  })
  const duties = [
    validations,
    ...watchAttempts({
      workerId: id,
      sql,
      session,
      log,
      times: lease,
      running: claims.running,
      token: warden.token,
    }),
    startDuty('reap', 1000, log, reap),
    startDuty('settle', 2000, log, () => settleLeftOver(sql, publish), 200),
    startDuty('retention', 10_000, log, (stop) => retain(sql, config, stop), 400),
    startDuty('registry', 5000, log, async () => {
      await beat(sql, id, session.key(), draining || doubted, memoryNow())
      await signLife()
      const reason = draining ? null : await tooOld(sql)
      if (reason === null) return
      log.error({ reason }, 'worker is too old for its database: it claims no more and ends')
      draining = true
    }),
    startDuty('self-check', 5000 * config.TIME_FACTOR, log, async () => {
      if (!doubted) return
      const again = await checkSelf({ ...parts, files: bundle.files.values(), warden: warden.get })
      doubted = !again.ok
      if (!again.ok) log.error({ reason: again.message }, 'self-check failed: nothing is claimed')
    }),
    startDuty('recycle', 5000, log, async () => {
      const old = claims.claimed() >= 50 && Date.now() - started > 600_000
      if (old && (claims.running().length === 0 || claims.claimed() >= 100)) draining = true
      if (draining && claims.running().length === 0) spent.resolve()
    }),
  ]
  log.info(
    {
      workerId: id,
      nuclei: nucleiVersion,
      templates: bundle.templates.length,
      bundle: bundle.digest,
      slots: config.WORKER_CONCURRENCY,
    },
    'worker started',
  )

  return {
    id,
    spent: spent.promise,
    async stop() {
      draining = true
      log.info({ workerId: id, running: claims.running().length }, 'worker began to stop')
      await claims.stop('shutdown')
      await Promise.all([bell.close(), webhooks?.stop(), ...duties.map((duty) => duty.stop())])
      await warden.stop()
      await unregisterWorker(sql, id).catch(() => {})
      await Promise.all([
        publisher.close(),
        session.close(),
        sql.end({ timeout: 2 }),
        reapSql.end({ timeout: 1 }),
        notified?.end({ timeout: 1 }),
      ])
      await rm(signOfLife(dirname(scanDir)), { force: true }).catch(() => {})
      await removeFolder(scanDir).catch(() => {})
      log.info({ workerId: id }, 'worker stopped')
    },
  }
}
