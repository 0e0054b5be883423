import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatId, makeApiKey, newId } from '@assayer/schema'
import { migrate } from '@assayer/schema/migrate'
import { connect } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { keepFolder } from '../local/keep.ts'
import { startPostgres } from '../local/postgres.ts'
import type { LocalPostgres } from '../local/postgres.ts'
import { startNameServer } from '../local/name-server.ts'
import type { NameServer } from '../local/name-server.ts'
import { startRedis } from '../local/redis.ts'
import type { LocalRedis } from '../local/redis.ts'
import { silent } from '../local/say.ts'
import { bundles, entry } from '../local/stack.ts'
import { freePort } from '../local/free-port.ts'
import type { Service } from '../client/http.ts'
import { usualScript } from './fake/script.ts'
import type { Plan, Script } from './fake/script.ts'
import { writeShellScanner } from './fake/shell.ts'
import { writeFakeScanner } from './fake/write.ts'
import type { ShellScanner } from './fake/shell.ts'
import { mountDisk } from './disk.ts'
import type { Disk } from './disk.ts'
import { openLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { startMember } from './members.ts'
import type { Death, Member } from './members.ts'
import type { Known } from './processes.ts'
import { startProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'
import { openReceivers } from './receivers.ts'
import type { Receivers } from './receivers.ts'
import { openSites } from './sites.ts'
import type { Sites } from './sites.ts'
import { newTally } from './tally.ts'
import type { Tally } from './tally.ts'

export type WorldOptions = {
  apis?: number
  workers?: number
  /** Of lease, renewals and looks; 1 is the product's own time. */
  timeFactor?: number
  /** The path of the real Nuclei; without it runs are faked. */
  nuclei?: string | undefined
  /** A scanner that is a shell script, for rows that ask only when it was begun. */
  scanner?: ShellScanner
  redis?: boolean
  /** PostgreSQL's data lie on a disk of their own of so many MiB, where one can be mounted. */
  diskMebibytes?: number
  /** Server settings of PostgreSQL. */
  settings?: Record<string, string>
  /** More of the environment, and flags of Node; by default those of the images. */
  workerEnv?: Record<string, string>
  workerFlags?: string[]
  /** The production bundles, which are to be built before; by default the sources run. */
  bundled?: boolean
  /** False: workers get no DATABASE_SESSION_URL. */
  sessionUrl?: boolean
  /** Without proxies before PostgreSQL: a server that is down then refuses, as it does in life. */
  direct?: boolean
  /** Workers send events, to receivers on 127.0.0.1 alone, and ask a name server that rebinds. */
  webhooks?: boolean
}

export type World = {
  folder: string
  timeFactor: number
  nuclei: 'fake' | 'real'
  /** Straight to PostgreSQL, past every proxy. */
  sql: Sql
  postgres: LocalPostgres
  redis: LocalRedis
  redisProxy: Proxy
  apis: Member[]
  workers: Member[]
  /** PostgreSQL's own disk; null where none was asked for or can be mounted. */
  disk: Disk | null
  sites: Sites
  receivers: Receivers
  names: NameServer
  ledger: Ledger
  tally: Tally
  services(): Service[]
  /** Changes what fake scanners do at a host, or usually. */
  script(host: string | null, change: Partial<Script>): Promise<void>
  /** Attempts of these workers, and of shards of these hosts, may be lost. */
  excuse: { workers: Map<string, number>; hosts: Set<string> }
  deaths: Death[]
  seen: Known[]
  startWorker(env?: Record<string, string>): Promise<Member>
  stop(): Promise<void>
}

const serverSettings = { fsync: 'off', max_connections: '200' }

/** One whole service with its own PostgreSQL and Redis, proxies before both, targets on loopback, and everything that can be done to it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { apis = 1, workers = 1, timeFactor = 1, redis: wantsRedis = true } = options
  const folder = await mkdtemp(join(tmpdir(), 'assayer-chaos-'))
  const release = keepFolder(folder)
  const closers: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
    release,
  ]
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close()
  }
  const opened = <T>(value: T, close: (value: T) => Promise<unknown>): T => {
    closers.push(() => close(value))
    return value
  }
  try {
    const settings = { ...serverSettings, ...options.settings }
    const disk = options.diskMebibytes === undefined ? null : await mountDisk(options.diskMebibytes)
    if (disk !== null) opened(disk, (one) => one.stop())
    const starting = [
      startPostgres({ say: silent, settings, ...(disk ? { keepData: join(disk.path, 'postgres') } : {}) }),
      startRedis({ say: silent, ...(wantsRedis ? {} : { url: '' }) }),
    ] as const
    const [started, other] = await Promise.allSettled(starting)
    if (started.status === 'fulfilled') opened(started.value, (one) => one.stop())
    if (other.status === 'fulfilled') opened(other.value, (one) => one.stop())
    if (started.status === 'rejected') throw started.reason
    if (other.status === 'rejected') throw other.reason
    const [postgres, redis] = [started.value, other.value]
    await migrate(postgres.url)
    const sql = opened(connect(postgres.url, { name: 'chaos', max: 4, forever: true }), (one) =>
      one.end({ timeout: 1 }),
    )
    const proxyTo = async (url: string) =>
      opened(await startProxy({ port: Number(new URL(url).port) }), (one) => one.stop())
    const redisProxy = await proxyTo(redis.url ?? postgres.url)
    const redisUrl = redis.url === null ? '' : `redis://127.0.0.1:${redisProxy.port}`
    const sites = opened(openSites(), (one) => one.stop())
    const receivers = opened(
      openReceivers(() => world.services()[0]),
      (one) => one.stop(),
    )
    const names = opened(await startNameServer(), async (one) => one.stop())
    const plan: Plan = { usual: usualScript, byHost: {} }
    const planFile = join(folder, 'plan.json')
    let saved: Promise<void> = Promise.resolve()
    // In turn, and whole at once: a scanner may be reading it.
    const savePlan = () => {
      saved = saved.then(async () => {
        await writeFile(`${planFile}.part`, JSON.stringify(plan))
        await rename(`${planFile}.part`, planFile)
      })
      return saved
    }
    await savePlan()
    const shell = options.scanner === undefined ? null : await writeShellScanner(folder, options.scanner)
    const nuclei = options.nuclei ?? shell ?? (await writeFakeScanner(folder, planFile))
    await mkdir(join(folder, 'scans'))
    const key = await makeApiKey(formatId('key', newId()).slice(4))
    const tally = newTally()
    const deaths: Death[] = []
    const seen: Known[] = []
    const excuse = { workers: new Map<string, number>(), hosts: new Set<string>() }
    const ports: number[] = []

    const start = async (kind: 'api' | 'worker', number: number, more: Record<string, string>): Promise<Member> => {
      const [data, session] = [await proxyTo(postgres.url), await proxyTo(postgres.url)]
      const through = (proxy: Proxy) =>
        options.direct ? postgres.url : Object.assign(new URL(postgres.url), { port: String(proxy.port) }).href
      const env = {
        PATH: process.env['PATH'],
        DATABASE_URL: through(data),
        REDIS_URL: redisUrl,
        SCOPE_ALLOW: '127.0.0.0/8',
        LOG_LEVEL: 'info',
        ...(options.webhooks ? { SECRETS_KEY: 'ab'.repeat(32), WEBHOOK_ALLOW: '127.0.0.1/32' } : {}),
        ...(kind === 'worker'
          ? {
              ...(options.sessionUrl === false ? {} : { DATABASE_SESSION_URL: through(session) }),
              NUCLEI_PATH: nuclei,
              SCAN_DIR: join(folder, 'scans'),
              TIME_FACTOR: String(timeFactor),
              ...(options.webhooks ? { RESOLVERS: names.address } : {}),
              ...options.workerEnv,
            }
          : { HOST: '127.0.0.1', PORT: String((ports[number] ??= await freePort())), ASSAYER_BOOTSTRAP_KEY: key }),
        ...more,
      }
      const flags = (kind === 'worker' ? options.workerFlags : null) ?? bundles.flags[kind]
      const onDeath = (death: Death) => {
        deaths.push(death)
        excuse.workers.set(death.workerId, death.at)
      }
      const member = await startMember({
        kind,
        number,
        file: (options.bundled ? bundles : entry)[kind],
        folder,
        env,
        flags,
        data,
        session,
        seen,
        ...(kind === 'worker' ? { onDeath } : {}),
      })
      return opened(member, (one) => one.stop())
    }
    const world: World = {
      nuclei: options.nuclei === undefined ? 'fake' : 'real',
      ...{
        folder,
        timeFactor,
        sql,
        postgres,
        redis,
        redisProxy,
        disk,
        sites,
        receivers,
        names,
        tally,
        deaths,
        seen,
        excuse,
      },
      apis: [],
      workers: [],
      ledger: openLedger(() => world.services()),
      services: () => ports.map((port) => ({ url: `http://127.0.0.1:${port}`, key })),
      async script(host, change) {
        if (host === null) plan.usual = { ...plan.usual, ...change }
        else plan.byHost[host] = { ...plan.byHost[host], ...change }
        await savePlan()
      },
      async startWorker(env = {}) {
        const worker = await start('worker', world.workers.length, env)
        world.workers.push(worker)
        return worker
      },
      stop,
    }
    for (let n = 0; n < apis; n++) world.apis.push(await start('api', n, {}))
    for (let n = 0; n < workers; n++) await world.startWorker()
    return world
  } catch (error) {
    await stop()
    throw error
  }
}
