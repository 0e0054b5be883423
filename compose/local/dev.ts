import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formatId, makeApiKey, newId } from '@assayer/schema'
import { cacheFolder } from './cache.ts'
import { freePort } from './free-port.ts'
import type { OwnProcess } from './own-process.ts'
import { runScript } from './run-script.ts'
import { makeSay } from './say.ts'
import type { Say } from './say.ts'
import { Serving, Site, entry, sharedEnv, siteScope, startParts, startService } from './stack.ts'
import type { Parts } from './stack.ts'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

await runScript(async (signal) => {
  const say = makeSay(process.stdout)
  say.line('Assayer dev: all parts on loopback, with reload. Ctrl-C ends them.')
  const parts = await startParts({ say, signal, env: process.env, keepData: `${cacheFolder()}/dev` })
  const keepers: Keeper[] = []
  try {
    await serve(parts, say, keepers, signal)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    say.line('stopping')
    return 0
  } finally {
    await Promise.all(keepers.map((keeper) => keeper.stop()))
    await parts.stop()
  }
})

async function serve(parts: Parts, say: Say, keepers: Keeper[], signal: AbortSignal): Promise<void> {
  keepParts(parts, say, signal)
  const onLine = (line: string) => void (line.startsWith('{"ready"') || say.line(line))
  const sited = await startService('the weak site', entry.site, { PATH: process.env['PATH'] }, Site, { signal })
  keepers.push({ name: 'site', stop: async () => void (await sited.process.stop()), reload: async () => {} })
  const key = process.env['ASSAYER_BOOTSTRAP_KEY'] ?? (await makeApiKey(formatId('key', newId()).slice(4)))
  const port = process.env['PORT'] ?? String(await freePort())
  const allow = [siteScope(sited.ready), process.env['SCOPE_ALLOW']].filter(Boolean).join(',')
  const shared = { ...sharedEnv(parts, process.env), SCOPE_ALLOW: allow }
  const api = () =>
    startService(
      'the API',
      entry.api,
      { ...shared, HOST: '127.0.0.1', PORT: port, ASSAYER_BOOTSTRAP_KEY: key },
      Serving,
      { signal, onLine },
    )
  const worker = () =>
    startService('the worker', entry.worker, { ...shared, NUCLEI_PATH: parts.nuclei }, Serving, { signal, onLine })
  const first = await api()
  keepers.push(await keep('api', async () => (await api()).process, first.process, say, signal))
  keepers.push(await keep('worker', async () => (await worker()).process, (await worker()).process, say, signal))
  reloadOnChange(keepers, say, signal)
  const { httpPort, tcpPort, tlsPort } = sited.ready
  say.line(`weak site http://127.0.0.1:${httpPort} 127.0.0.1:${tcpPort} 127.0.0.1:${tlsPort}`)
  say.line(`ready ${first.ready.ready} key ${key}`)
}

type Keeper = { name: string; stop(): Promise<void>; reload(): Promise<void> }

/** Starts a process again when it dies, as a restart policy would, a second later; `reload` ends it so that it is. */
async function keep(
  name: string,
  start: () => Promise<OwnProcess>,
  first: OwnProcess,
  say: Say,
  signal: AbortSignal,
): Promise<Keeper> {
  let current = first
  let stopped = false
  const loop = async () => {
    while (!stopped && !signal.aborted) {
      const ending = await current.ended
      if (stopped || signal.aborted) return
      say.line(`${name} ended (${ending.signal ?? ending.code}) and is started again`)
      await sleep(ending.asked ? 0 : 1000, undefined, { signal }).catch(() => {})
      try {
        current = await start()
      } catch (error) {
        if (signal.aborted) return
        say.line(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`)
        await sleep(2000, undefined, { signal }).catch(() => {})
      }
    }
  }
  const done = loop()
  return {
    name,
    async stop() {
      stopped = true
      await current.stop()
      await done
    },
    reload: async () => void (await current.stop()),
  }
}

/** PostgreSQL and Redis of our own are started again when they die. */
function keepParts({ postgres, redis }: Parts, say: Say, signal: AbortSignal): void {
  for (const [name, part] of [
    ['PostgreSQL', postgres],
    ['Redis', redis],
  ] as const) {
    const { whenGone, restart } = part
    if (whenGone === undefined || restart === undefined) continue
    const loop = async () => {
      while (!signal.aborted && (await whenGone()) === 'died') {
        say.line(`${name} died and is started again`)
        await (part === postgres ? postgres.restart?.('fast') : redis.restart?.())?.catch(() => {})
        await sleep(1000, undefined, { signal }).catch(() => {})
      }
    }
    void loop()
  }
}

function reloadOnChange(keepers: Keeper[], say: Say, signal: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined
  const touched = new Set<string>()
  watch(packages, { recursive: true, signal }, (_, file) => {
    if (file === null || !/^(schema|api|worker)\/src\/.*\.ts$/.test(file) || file.endsWith('.test.ts')) return
    touched.add(file.split('/')[0] ?? '')
    clearTimeout(timer)
    timer = setTimeout(() => {
      const names = touched.has('schema') ? ['api', 'worker'] : [...touched]
      touched.clear()
      say.line(`source changed: ${names.join(' and ')} reloaded`)
      for (const keeper of keepers) if (names.includes(keeper.name)) void keeper.reload()
    }, 200)
  }).on('error', () => {})
}
