import { hash } from 'node:crypto'
import { createSealer, isOlder, newId, parseId, readApiKey, receiverScope, version } from '@assayer/schema'
import type { Log, OwnAddress, ScopePattern, ScopeRule } from '@assayer/schema'
import { deadlineSocket } from '@assayer/schema/database'
import { connect, ensureWorkspace, lowestVersion, missingTimeouts, twice } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { createApp } from '../app.ts'
import type { Deps } from '../deps.ts'
import type { ApiConfig } from './config.ts'
import { keepAnswer } from './keep-answer.ts'
import { addServiceAddresses, listeningAddresses } from './own-addresses.ts'
import { redisLater } from './redis-later.ts'
import { createResolveName } from './resolve-name.ts'
import { createRing } from './ring.ts'
import { requestDurations } from '../metrics/request-duration.ts'
import { metricsText } from '../routes/metrics.ts'
import { serveMetrics } from './serve-metrics.ts'
import { serveApp } from './serve.ts'

export type Api = { url: string; stop(): Promise<void> }

/** Starts the API. It serves at once and waits for neither PostgreSQL nor Redis. Rejects when the port cannot be had. */
export async function startApi(config: ApiConfig, log: Log, bootstrapKey: Deps['bootstrapKey']): Promise<Api> {
  const { DATABASE_URL, REDIS_URL, HOST, PORT, PUBLIC_URL } = config
  const prepare = config.DATABASE_POOLED === '0'
  const sql = connect(DATABASE_URL, { name: 'assayer-api', max: 10, prepare, socket: deadlineSocket(12_000) })
  const health = connect(DATABASE_URL, { name: 'assayer-api-health', max: 1, prepare, socket: deadlineSocket(3000) })
  const perMinute = config.RATE_LIMIT_PER_MINUTE
  const redis = redisLater(perMinute, async () => {
    const { createRedisParts } = await import('./redis-parts.ts')
    return createRedisParts(REDIS_URL, perMinute, log)
  })
  const own: OwnAddress[] = []
  const stopping = new AbortController()
  const rules = (effect: ScopeRule['effect'], patterns: ScopePattern[]) =>
    patterns.map((pattern): ScopeRule => ({ effect, pattern, origin: 'operator', expiresAt: null }))

  const durations = requestDurations()
  const app = createApp({
    sql,
    health,
    sha256: (text) => hash('sha256', text, 'buffer'),
    ring: createRing({ bell: redis, sql, log }),
    progress: redis.progress,
    resolve: createResolveName(config.RESOLVERS),
    operatorRules: [...rules('allow', config.SCOPE_ALLOW), ...rules('deny', config.SCOPE_DENY)],
    own,
    receivers: receiverScope(config.WEBHOOK_ALLOW, own),
    sealer: config.SECRETS_KEY === undefined ? null : await createSealer(config.SECRETS_KEY),
    bootstrapKey,
    limits: redis.limits,
    defaultWorkspace: keepAnswer(() => twice(() => ensureWorkspace(sql, 'default', newId()))),
    publicUrl: PUBLIC_URL,
    log,
    durations,
    draining: () => stopping.signal.aborted,
    now: () => new Date(),
  })
  const close = async () => {
    await Promise.all([redis.close(), sql.end({ timeout: 1 }), health.end({ timeout: 1 })])
  }
  try {
    const served = await serveApp(app, {
      host: HOST,
      port: PORT,
      publicUrl: PUBLIC_URL,
      trustedProxies: config.TRUST_PROXY,
    })
    const text = () => metricsText({ sql, progress: redis.progress }, durations)
    const metrics =
      config.METRICS_PORT === 0
        ? null
        : await serveMetrics(text, { host: HOST, port: config.METRICS_PORT, publicUrl: PUBLIC_URL }, log)
    own.push(...listeningAddresses(HOST, served.port))
    void lookAtDatabase(health, log)
    void addServiceAddresses(own, [DATABASE_URL, REDIS_URL], stopping.signal)
    return {
      url: served.url,
      async stop() {
        stopping.abort()
        await served.stop()
        await metrics?.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Says at start what would make /readyz 503. */
async function lookAtDatabase(sql: Sql, log: Log): Promise<void> {
  try {
    const lowest = await lowestVersion(sql)
    if (lowest !== null && isOlder(version, lowest))
      log.error({ lowest, version }, 'this version is too old for its database: /readyz is 503, deploy a newer one')
    const missing = await missingTimeouts(sql)
    if (missing.length > 0)
      log.error({ missing }, 'the role at DATABASE_URL lacks time-outs: run the migrations as this role')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ reason }, 'PostgreSQL does not answer: check DATABASE_URL; /readyz and /v1 are 503 until it does')
  }
}

/** The bootstrap key as requests are compared with it; null when its checksum is wrong. */
export async function readBootstrapKey(text: string): Promise<Deps['bootstrapKey']> {
  const presented = await readApiKey(text)
  const id = presented && parseId('key', presented.idText)
  return presented && id !== null ? { id, secretHash: presented.secretHash } : null
}
