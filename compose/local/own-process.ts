import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { keepGroup } from './keep.ts'
import { forEachLine, makeTail } from './lines.ts'
import { LocalError } from './local-error.ts'
import { within } from './within.ts'

export type StopStep = { signal: NodeJS.Signals; waitMs: number }
/** How a process ended; `asked` says whether we had told it to. */
export type Ending = { code: number | null; signal: NodeJS.Signals | null; asked: boolean }
export type OwnProcess = {
  pid: number
  /** Settles, never rejects, once the process is gone and its output is read. */
  ended: Promise<Ending>
  /** The last 64 KiB of what it wrote. */
  log: () => string
  /** Sends each step's signal and waits; then SIGKILL to its group. Safe to call again and after its end. */
  stop: (steps?: readonly StopStep[]) => Promise<Ending>
}
export type ProcessOptions = {
  /** What to call it in messages. */
  name: string
  file: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  cwd?: string | undefined
  runAs?: { uid: number; gid: number } | undefined
  /** True for the line, of stdout or stderr, that says that it serves; without this it counts as ready when it runs. */
  ready?: (line: string) => boolean
  readyWithinMs?: number
  onLine?: (line: string) => void
  /** How `stop()` and the keeper end it; default SIGTERM and 5 s. */
  stopSteps?: readonly [StopStep, ...StopStep[]]
  /** Ends the wait for readiness, and the process with it; afterwards only `stop()` does. */
  signal?: AbortSignal | undefined
}

/** A process that could not be started or was not ready in time; `log` is what it said. */
export class StartError extends LocalError {
  override name = 'StartError'
  readonly log: string
  constructor(message: string, log: string) {
    super(message)
    this.log = log
  }
}

/**
 * Starts a program in a process group and session of its own, so that Ctrl-C on the terminal reaches only us, and waits
 * until it is ready (60 s). It ends with `stop()`, or soon after this process ends in whatever way. Throws StartError.
 */
export async function startProcess(options: ProcessOptions): Promise<OwnProcess> {
  const { name, ready, readyWithinMs = 60_000, stopSteps = [{ signal: 'SIGTERM', waitMs: 5000 }], signal } = options
  signal?.throwIfAborted()
  const isReady = Promise.withResolvers<'ready'>()
  const tail = makeTail()
  const child = spawn(options.file, [...options.args], {
    cwd: options.cwd,
    env: options.env,
    ...options.runAs,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    forEachLine(stream, (line) => {
      tail.add(line)
      options.onLine?.(line)
      if (ready?.(line) === true) isReady.resolve('ready')
    })
  }
  let asked = false
  const exited = new Promise<Ending>((resolve) => {
    child.once('exit', (code, by) => resolve({ code, signal: by, asked }))
  })
  const closed = once(child, 'close')
  closed.catch(() => {})
  const pid = await spawned(child, options)
  const release = keepGroup(pid, stopSteps[0].signal)
  const ended = exited.then(async (ending) => {
    killGroup(pid)
    // A grandchild in another group may hold the pipes open.
    if ((await within(1000, closed)) === 'late') for (const stream of [child.stdout, child.stderr]) stream.destroy()
    await release()
    return ending
  })
  const stop = async (steps: readonly StopStep[] = stopSteps) => {
    asked = true
    for (const step of steps) {
      child.kill(step.signal)
      if ((await within(step.waitMs, exited)) !== 'late') return ended
    }
    killGroup(pid)
    return ended
  }

  if (ready === undefined) return { pid, ended, log: tail.text, stop }
  const aborted = Promise.withResolvers<'aborted'>()
  const abort = () => aborted.resolve('aborted')
  signal?.addEventListener('abort', abort, { once: true })
  const outcome = await within(readyWithinMs, Promise.race([isReady.promise, exited, aborted.promise]))
  signal?.removeEventListener('abort', abort)
  if (outcome === 'ready') return { pid, ended, log: tail.text, stop }
  await stop()
  signal?.throwIfAborted()
  const why = outcome === 'late' ? `was not ready within ${Math.round(readyWithinMs / 1000)} s` : 'ended at its start'
  throw new StartError(`${name} ${why}. ${lastLines(tail.text())}`.trim(), tail.text())
}

async function spawned(child: ChildProcess, { name, file }: ProcessOptions): Promise<number> {
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new StartError(`${name} could not be started from ${file} (${errorCode(error)})`, '')
  }
  if (child.pid === undefined) throw new Error('a spawned process without a pid')
  return child.pid
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** The last three lines of a log on one line, for a message. */
export function lastLines(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? '' : `It said: ${lines.slice(-3).join(' / ').slice(-500)}`
}
