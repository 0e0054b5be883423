import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
  /** May return a promise: reading goes on when it is settled. */
  onFinding(line: string): Promise<void> | void
  onMessage(line: string): void
}

/**
 * Starts Nuclei: argv array, no shell, a process group of its own, no stdin. Lines of stdout are handed on with
 * back-pressure; past `maxBytes` output is dropped and counted. `ended` settles once the process has ended and what it printed
 * is handed on; two seconds after its end the group is killed, so that a grandchild that keeps a pipe open holds nothing up.
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
  const pumped = pump(child, input)
  const exited = new Promise<NucleiExit>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-spawned', message: error.message }))
    child.once('exit', (code, signal) =>
      resolve(signal ? { kind: 'signalled', signal } : { kind: 'exited', code: code ?? -1 }),
    )
  })
  const ended = (async () => {
    const exit = await exited
    clearInterval(watch)
    const late = setTimeout(() => {
      group('SIGKILL')
      child.stdout.destroy()
      child.stderr.destroy()
    }, 2000)
    const counts = await pumped
    clearTimeout(late)
    group('SIGKILL')
    return { ...exit, ...counts, peakBytes }
  })()
  return { pid: child.pid ?? null, startTime: startTimeOf(child.pid), ended, signal: group }
}

async function pump(child: ChildProcess, input: SpawnInput): Promise<{ skippedLines: number; lostBytes: number }> {
  const out = splitLines(input.maxLineBytes)
  const err = splitLines(16_384)
  let seen = 0
  let lostBytes = 0
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk).forEach(input.onMessage))
  child.stderr?.on('error', () => {})
  const closed = new Promise<void>((resolve) => void child.stderr?.once('close', resolve))
  try {
    for await (const chunk of child.stdout ?? []) {
      seen += chunk.length
      if (seen > input.maxBytes) lostBytes += chunk.length
      else for (const line of out.push(chunk)) await input.onFinding(line)
    }
    for (const line of out.end()) await input.onFinding(line)
  } catch {
    // A stream destroyed by us ends the reading; the exit tells the rest.
  }
  await closed
  err.end().forEach(input.onMessage)
  return { skippedLines: out.skipped(), lostBytes }
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
