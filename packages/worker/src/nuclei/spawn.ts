import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { killLeftovers } from './leftovers.ts'
import { splitLines } from './lines.ts'

export type NucleiExit =
  | { kind: 'exited'; code: number }
  | { kind: 'signalled'; signal: NodeJS.Signals }
  | { kind: 'not-spawned'; message: string }

export type NucleiRun = {
  pid: number | null
  /** Field 22 of /proc/PID/stat, so that a pid used again is never taken for this process. Empty where there is no /proc. */
  startTime: string
  ended: Promise<NucleiExit & { skippedLines: number; lostBytes: number; peakBytes: number }>
  signal(signal: NodeJS.Signals): void
}

export type SpawnInput = {
  binary: string
  args: string[]
  env: Record<string, string>
  cwd: string
  maxLineBytes: number
  maxBytes: number
  /** May return a promise: reading goes on when it is settled. Where it fails the scanner is killed and `ended` rejects. */
  onFinding(line: string): Promise<void> | void
  onMessage(line: string): void
}

/** How long lines are handed on before all else that waits has its turn: a flood would keep the lease from being renewed. */
const breathMs = 20
/** How long a pipe may stay open and silent once the process has ended. */
const lingerMs = 2000

/**
 * Starts Nuclei: argv array, no shell, a process group of its own, no stdin. Lines of stdout are handed on with
 * back-pressure; past `maxBytes` output is dropped and counted. `ended` settles once the process has ended and what it printed
 * is handed on, however long that takes; a grandchild that keeps a pipe open after that holds nothing up and does not stay: the
 * group is killed, with what left the group but kept HOME.
 */
export function spawnNuclei(input: SpawnInput): NucleiRun {
  const child = spawn(input.binary, input.args, {
    cwd: input.cwd,
    env: input.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peakBytes = 0
  const watch = setInterval(() => void (peakBytes = Math.max(peakBytes, peakMemory(child.pid))), 250)
  const group = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // The group has ended.
    }
  }
  const pump = startPump(child, input, () => group('SIGKILL'))
  const exited = new Promise<NucleiExit>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-spawned', message: error.message }))
    child.once('exit', (code, signal) =>
      resolve(signal ? { kind: 'signalled', signal } : { kind: 'exited', code: code ?? -1 }),
    )
  })
  const ended = (async () => {
    const exit = await exited
    clearInterval(watch)
    let seen = -1
    const linger = setInterval(() => {
      const quiet = !pump.busy() && pump.seen() === seen
      seen = pump.seen()
      if (!quiet) return
      clearInterval(linger)
      group('SIGKILL')
      killLeftovers(input.env['HOME'] ?? input.cwd)
      child.stdout.destroy()
      child.stderr.destroy()
    }, lingerMs / 2)
    const { failures, ...counts } = await pump.done
    clearInterval(linger)
    group('SIGKILL')
    if (failures.length > 0) throw failures[0]
    return { ...exit, ...counts, peakBytes }
  })()
  return { pid: child.pid ?? null, startTime: startTimeOf(child.pid), ended, signal: group }
}

type Pumped = { skippedLines: number; lostBytes: number; failures: unknown[] }
/** `busy` while a line is being handed on, so that more may lie unread. */
type Pump = { busy(): boolean; seen(): number; done: Promise<Pumped> }

function startPump(child: ChildProcess, input: SpawnInput, kill: () => void): Pump {
  const out = splitLines(input.maxLineBytes)
  const err = splitLines(16_384)
  const failures: unknown[] = []
  let seen = 0
  let lostBytes = 0
  let busy = false
  const handOn = async (lines: string[]) => {
    busy = true
    let since = performance.now()
    try {
      for (const line of lines) {
        if (failures.length === 0) await input.onFinding(line)
        if (performance.now() - since < breathMs) continue
        await setImmediate()
        since = performance.now()
      }
    } catch (error) {
      failures.push(error)
      kill()
    }
    busy = false
  }
  const read = async () => {
    for await (const chunk of child.stdout ?? []) {
      seen += chunk.length
      const lines = seen > input.maxBytes ? [] : out.push(chunk)
      if (seen > input.maxBytes) lostBytes += chunk.length
      giveBack(chunk)
      await handOn(lines)
    }
  }
  child.stderr?.on('data', (chunk: Buffer) => {
    const lines = err.push(chunk)
    giveBack(chunk)
    lines.forEach(input.onMessage)
  })
  child.stderr?.on('error', () => {})
  const closed = new Promise<void>((resolve) => void child.stderr?.once('close', resolve))
  const pump = async (): Promise<Pumped> => {
    // A stream that we destroyed was silent: the exit tells the rest.
    await read().catch(() => {})
    await handOn(out.end())
    await closed
    err.end().forEach(input.onMessage)
    return { skippedLines: out.skipped(), lostBytes, failures }
  }
  return { busy: () => busy, seen: () => seen, done: pump() }
}

/**
 * Frees a chunk that was read, by detaching its memory (ECMA-262, ArrayBuffer.prototype.transfer), so that a flood costs one
 * chunk at a time: the garbage collector sees only the small object before it and lets a hundred megabytes gather.
 */
function giveBack({ buffer, byteLength }: Buffer): void {
  // A slice of Node's pool is shared with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

function readProc(pid: number | undefined, file: string): string {
  try {
    return pid === undefined ? '' : readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const startTimeOf = (pid: number | undefined): string => readProc(pid, 'stat').split(') ').at(-1)?.split(' ')[19] ?? ''

const peakMemory = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1024
