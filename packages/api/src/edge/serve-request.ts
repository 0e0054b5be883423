import { createConsoleLog, createSealer, newId, receiverScope, webSha256 } from '@assayer/schema'
import type { ScopePattern, ScopeRule } from '@assayer/schema'
import { connect, ensureWorkspace } from '@assayer/schema/store'
import { createApp } from '../app.ts'
import { requestDurations } from '../metrics/request-duration.ts'
import type { EdgeConfig } from './config.ts'

const rulesOf = (effect: ScopeRule['effect'], patterns: ScopePattern[]) =>
  patterns.map((pattern): ScopeRule => ({ effect, pattern, origin: 'operator', expiresAt: null }))

/**
 * Answers one request with an app and connections of its own, as such runtimes let no request use what another one opened.
 * `keep` holds the isolate until the body is read and the connections are closed.
 */
export async function serveRequest(
  request: Request,
  config: EdgeConfig,
  keep: (work: Promise<unknown>) => void,
): Promise<Response> {
  const log = createConsoleLog('api', config.LOG_LEVEL)
  // A statement prepared here would be used once, and poolers lie before most edges.
  const sql = connect(config.DATABASE_URL, { name: 'assayer-edge', max: 3, prepare: false })
  let rung: Promise<unknown> | null = null
  const app = createApp({
    sql,
    health: sql,
    sha256: webSha256,
    ring() {
      rung ??= sql`select pg_notify('assayer_work', '')`.catch((err: unknown) => log.debug({ err }, 'NOTIFY failed'))
    },
    progress: { watch: () => () => {}, isUp: () => false },
    resolve: null,
    operatorRules: [...rulesOf('allow', config.SCOPE_ALLOW), ...rulesOf('deny', config.SCOPE_DENY)],
    own: [],
    receivers: receiverScope(config.WEBHOOK_ALLOW, []),
    sealer: config.SECRETS_KEY === undefined ? null : await createSealer(config.SECRETS_KEY),
    bootstrapKey: null,
    limits: null,
    defaultWorkspace: () => ensureWorkspace(sql, 'default', newId()),
    publicUrl: config.PUBLIC_URL,
    log,
    durations: requestDurations(),
    draining: () => false,
    now: () => new Date(),
  })
  const close = async () => {
    await rung
    await sql.end({ timeout: 1 })
  }
  const answer = await app.fetch(request)
  if (answer.body === null) {
    keep(close())
    return answer
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  // The signal tells of a reader who left; the pipe alone would learn it from the next chunk.
  const piped = answer.body
    .pipeTo(writable, { signal: request.signal })
    .catch((err: unknown) => log.debug({ err }, 'reader left'))
  keep(piped.then(close))
  return new Response(readable, answer)
}
