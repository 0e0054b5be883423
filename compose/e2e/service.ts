import { formatId, makeApiKey, newId } from '@assayer/schema'
import { testDatabase } from '../../packages/schema/test/testing.ts'
import type { TestDatabase } from '../../packages/schema/test/testing.ts'
import { call } from '../client/http.ts'
import type { Call } from '../client/http.ts'
import { followScan } from '../client/follow.ts'
import { readFindings } from '../client/read-findings.ts'
import type { Finding, Scan } from '../client/types.ts'
import { freePort } from '../local/free-port.ts'
import type { OwnProcess } from '../local/own-process.ts'
import { Serving, entry, startService } from '../local/stack.ts'

export type TestService = {
  url: string
  key: string
  db: TestDatabase
  worker(): OwnProcess
  /** Starts a worker, beside the one that may run. */
  startWorker(env?: Record<string, string>): Promise<OwnProcess>
  call(path: string, more?: Call): Promise<Response>
  order(targets: string[], more?: Record<string, unknown>): Promise<Scan>
  follow(id: string): Promise<Scan>
  /** Orders and follows to the end. */
  scan(targets: string[], more?: Record<string, unknown>): Promise<{ scan: Scan; findings: Finding[] }>
  stop(): Promise<void>
}

/** The real API and a real worker as processes, on a database of their own. `redis: false` runs both without Redis. */
export async function startTestService(options: {
  allow: string[]
  deny?: string[]
  redis?: boolean
  worker?: Record<string, string> | false
  /** More variables for both. */
  env?: Record<string, string>
  /** Each line that the API logs. */
  onApiLine?: (line: string) => void
}): Promise<TestService> {
  const db = await testDatabase()
  const key = await makeApiKey(formatId('key', newId()).slice(4))
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: db.url,
    REDIS_URL: options.redis === false ? '' : (process.env['TEST_REDIS_URL'] ?? ''),
    SCOPE_ALLOW: options.allow.join(','),
    SCOPE_DENY: (options.deny ?? []).join(','),
    LOG_LEVEL: 'info',
    ...options.env,
  }
  const processes: OwnProcess[] = []
  const startWorker = async (more: Record<string, string> = {}) => {
    const { process: started } = await startService(
      'the worker',
      entry.worker,
      {
        ...env,
        NUCLEI_PATH: process.env['NUCLEI_PATH'],
        ...more,
      },
      Serving,
    )
    processes.push(started)
    return started
  }
  const api = await startService(
    'the API',
    entry.api,
    {
      ...env,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      ASSAYER_BOOTSTRAP_KEY: key,
    },
    Serving,
    options.onApiLine ? { onLine: options.onApiLine } : {},
  )
  processes.push(api.process)
  let worker: OwnProcess | undefined
  if (options.worker !== false) worker = await startWorker(options.worker)
  const service = { url: api.ready.ready, key }
  const order = async (targets: string[], more: Record<string, unknown> = {}) =>
    (await (await call(service, '/v1/scans', { method: 'POST', body: { targets, ...more } })).json()) as Scan
  const follow = (id: string) => followScan(service, id, {}, AbortSignal.timeout(150_000))
  return {
    ...service,
    db,
    worker() {
      if (worker === undefined) throw new Error('started without a worker')
      return worker
    },
    startWorker,
    call: (path, more) => call(service, path, more),
    order,
    follow,
    async scan(targets, more) {
      const { id } = await order(targets, more)
      const scan = await follow(id)
      return { scan, findings: await readFindings(service, id) }
    },
    async stop() {
      await Promise.all(processes.map((one) => one.stop()))
      await db.drop()
    },
  }
}
