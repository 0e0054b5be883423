import { fileURLToPath } from 'node:url'
import { formatId, makeApiKey, newId } from '@assayer/schema'
import * as v from 'valibot'
import { migrate } from '@assayer/schema/migrate'
import { checkVariables } from './check-variables.ts'
import { freePort } from './free-port.ts'
import { findNuclei } from './nuclei.ts'
import { startProcess } from './own-process.ts'
import type { OwnProcess } from './own-process.ts'
import { startPostgres } from './postgres.ts'
import type { LocalPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import type { LocalRedis } from './redis.ts'
import type { Say } from './say.ts'

export const entry = {
  api: fileURLToPath(new URL('../../packages/api/src/main.ts', import.meta.url)),
  worker: fileURLToPath(new URL('../../packages/worker/src/main.ts', import.meta.url)),
  site: fileURLToPath(new URL('weak-site/main.ts', import.meta.url)),
}
/** How a service is run: its file, and the flags of Node that go before it. */
export type Runtime = { api: string; worker: string; flags: Record<'api' | 'worker', string[]> }
const sources: Runtime = { api: entry.api, worker: entry.worker, flags: { api: [], worker: [] } }
/** The production bundles that `build` writes, with the flags of the images. */
export const bundles: Runtime = {
  api: fileURLToPath(new URL('../../packages/api/dist/main.mjs', import.meta.url)),
  worker: fileURLToPath(new URL('../../packages/worker/dist/main.mjs', import.meta.url)),
  flags: {
    // A heap that grows by a fifth keeps 10,000 connections below 256 MiB; --optimize-for-size, which does that too, cost half of the answers.
    api: ['--expose-gc', '--max-semi-space-size=4', '--heap-growing-percent=20'],
    worker: ['--optimize-for-size', '--max-semi-space-size=1'],
  },
}

export type Parts = { postgres: LocalPostgres; redis: LocalRedis; nuclei: string; stop(): Promise<void> }

/** PostgreSQL (migrated), Redis where there is one, and Nuclei: started or found side by side. Stops what it started if one fails. */
export async function startParts(options: {
  say: Say
  signal: AbortSignal
  env: NodeJS.ProcessEnv
  keepData?: string
  settings?: Record<string, string>
}): Promise<Parts> {
  const { say, signal, env, keepData, settings = {} } = options
  checkVariables(env)
  const starting = [
    startPostgres({
      url: env['DATABASE_URL'],
      sessionUrl: env['DATABASE_SESSION_URL'],
      say,
      signal,
      keepData,
      settings,
    }),
    startRedis({ url: env['REDIS_URL'], say, signal, env }),
    findNuclei({ path: env['NUCLEI_PATH'], say, signal, env }),
  ] as const
  const [postgres, redis, nuclei] = await Promise.allSettled(starting)
  const stop = async () => {
    for (const part of [redis, postgres]) if (part.status === 'fulfilled') await part.value.stop()
  }
  const failed = [postgres, redis, nuclei].find((part) => part.status === 'rejected')
  if (postgres.status === 'rejected' || redis.status === 'rejected' || nuclei.status === 'rejected') {
    await stop()
    throw failed?.status === 'rejected' ? failed.reason : new Error('a part failed')
  }
  await migrate(postgres.value.sessionUrl)
  return { postgres: postgres.value, redis: redis.value, nuclei: nuclei.value.path, stop }
}

/** The variables that api and worker share, on top of nothing but PATH. */
export const sharedEnv = (parts: Pick<Parts, 'postgres' | 'redis'>, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PATH: env['PATH'],
  DATABASE_URL: parts.postgres.url,
  DATABASE_SESSION_URL: parts.postgres.sessionUrl,
  REDIS_URL: parts.redis.url ?? '',
  ...Object.fromEntries(
    Object.entries(env).filter(([name]) =>
      /^(TZ|LOG_LEVEL|RESOLVERS|SCOPE_DENY|WORKER_CONCURRENCY|SCAN_USER_AGENT|TEMPLATES_DIR|SECRETS_KEY|WEBHOOK_ALLOW|PUBLIC_URL)$/.test(
        name,
      ),
    ),
  ),
})

const port = v.pipe(v.number(), v.integer())
export const Site = v.object({ httpPort: port, tcpPort: port, tlsPort: port })
export type Site = v.InferOutput<typeof Site>
/** What api and worker say when they serve: the API its URL, the worker its id. */
export const Serving = v.object({ ready: v.string() })

/** Starts one of our own processes and waits for the JSON line by which it says that it serves. */
export async function startService<Ready>(
  name: string,
  file: string,
  env: NodeJS.ProcessEnv,
  line: v.GenericSchema<unknown, Ready>,
  more: { signal?: AbortSignal; onLine?: (line: string) => void; args?: string[] } = {},
): Promise<{ process: OwnProcess; ready: Ready }> {
  let said: Ready | undefined
  const started = await startProcess({
    name,
    file: process.execPath,
    args: [...(more.args ?? []), file],
    env,
    signal: more.signal,
    stopSteps: [{ signal: 'SIGTERM', waitMs: 15_000 }],
    ready(text) {
      const read = v.safeParse(v.pipe(v.string(), v.parseJson(), line), text)
      if (read.success) said = read.output
      return read.success
    },
    ...(more.onLine ? { onLine: more.onLine } : {}),
  })
  if (said === undefined) throw new Error(`${name} said nothing`)
  return { process: started, ready: said }
}

export type Stack = {
  url: string
  key: string
  site: Site
  parts: Parts
  services: { name: string; process: OwnProcess }[]
  stop(): Promise<void>
}

/** The whole service and its weak site, scope opened for that site alone. Stops what it started if a part fails. */
export async function startStack(options: {
  say: Say
  signal: AbortSignal
  env: NodeJS.ProcessEnv
  onLine?: (line: string) => void
  runtime?: Runtime
}): Promise<Stack> {
  const { say, signal, env, runtime = sources } = options
  const parts = await startParts({ say, signal, env })
  const services: { name: string; process: OwnProcess }[] = []
  const stop = async () => {
    for (const { process } of services.toReversed()) await process.stop()
    await parts.stop()
  }
  try {
    const { process: sited, ready: site } = await startService(
      'the weak site',
      entry.site,
      { PATH: env['PATH'] },
      Site,
      { signal },
    )
    services.push({ name: 'site', process: sited })
    const key = env['ASSAYER_BOOTSTRAP_KEY'] ?? (await makeApiKey(formatId('key', newId()).slice(4)))
    const more = (name: 'api' | 'worker') => ({
      signal,
      args: runtime.flags[name],
      ...(options.onLine ? { onLine: options.onLine } : {}),
    })
    const apiPort = env['PORT'] ?? String(await freePort())
    const shared = {
      PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
      ...sharedEnv(parts, env),
      SCOPE_ALLOW: siteScope(site),
    }
    const started = await Promise.allSettled([
      startService(
        'the API',
        runtime.api,
        { ...shared, HOST: '127.0.0.1', PORT: apiPort, ASSAYER_BOOTSTRAP_KEY: key },
        Serving,
        more('api'),
      ),
      startService('the worker', runtime.worker, { ...shared, NUCLEI_PATH: parts.nuclei }, Serving, more('worker')),
    ])
    for (const [n, one] of started.entries())
      if (one.status === 'fulfilled') services.push({ name: n === 0 ? 'api' : 'worker', process: one.value.process })
    const [api] = started
    for (const one of started) if (one.status === 'rejected') throw one.reason
    if (api.status === 'rejected') throw api.reason
    return { url: api.value.ready.ready, key, site, parts, services, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The weak site's three ports and nothing else. */
export const siteScope = ({ httpPort, tcpPort, tlsPort }: Site): string =>
  [httpPort, tcpPort, tlsPort].map((port) => `127.0.0.1/32:${port}`).join(',')
