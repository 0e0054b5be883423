import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Ending, OwnProcess } from '../local/own-process.ts'
import { Serving, startService } from '../local/stack.ts'
import { childrenOf } from './processes.ts'
import type { Known } from './processes.ts'
import type { Proxy } from './proxy.ts'
import { supervise } from './supervise.ts'
import type { Supervised } from './supervise.ts'

/** A worker that ended in a way of its own: what may explain a lost attempt. */
export type Death = {
  workerId: string
  /** When its signal was sent, where a row sent one; `at` is when the end was noticed. */
  hitAt: number
  at: number
  ending: Ending
}
export type Member = Supervised<{ ready: string }> & {
  kind: 'api' | 'worker'
  /** Before PostgreSQL: `session` is the lease connection's, of a worker alone. */
  data: Proxy
  session: Proxy
  /** Sends a signal to the process, its children noted first; the id of the worker that was hit, null when none ran. */
  signal(name: NodeJS.Signals): string | null
}
export type MemberOptions = {
  kind: 'api' | 'worker'
  number: number
  /** What Node runs. */
  file: string
  folder: string
  env: NodeJS.ProcessEnv
  flags?: string[]
  data: Proxy
  session: Proxy
  /** Processes that must be gone at the end. */
  seen: Known[]
  onDeath?(death: Death): void
}

/** Starts an API or a worker and keeps it running; each start of a worker has a user agent of its own. */
export async function startMember(options: MemberOptions): Promise<Member> {
  const { kind, number, folder, env, seen } = options
  const name = `${kind}-${number}`
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
  log.on('error', () => {})
  const hits = new Map<string, number>()
  const note = (pid: number) => seen.push(...childrenOf(pid))
  const supervised = await supervise<{ ready: string }>(name, async (n, signal) => {
    const own = kind === 'worker' ? { SCAN_USER_AGENT: `chaos ${name}.${n}` } : {}
    const started = await startService(name, options.file, { ...env, ...own }, Serving, {
      signal,
      args: options.flags ?? [],
      onLine: (line) => void log.write(`${line}\n`),
    })
    void started.process.ended.then((ending) => {
      log.write(`ended by ${ending.signal ?? ending.code}\n`)
      if (ending.signal === null) return
      const [workerId, at] = [started.ready.ready, Date.now()]
      options.onDeath?.({ workerId, hitAt: hits.get(workerId) ?? at, at, ending })
    })
    return started
  })
  const running = (): { process: OwnProcess; ready: { ready: string } } | null => supervised.current()
  return {
    ...supervised,
    kind,
    data: options.data,
    session: options.session,
    signal(name) {
      const now = running()
      if (now === null) return null
      note(now.process.pid)
      try {
        hits.set(now.ready.ready, Date.now())
        process.kill(now.process.pid, name)
      } catch {
        return null
      }
      return now.ready.ready
    },
    async stop() {
      const pid = running()?.process.pid
      if (pid !== undefined) note(pid)
      await supervised.stop()
      await new Promise<void>((done) => void log.end(() => done()))
    },
  }
}
