import { readFileSync, readdirSync } from 'node:fs'

type Process = { pid: number; state: string; parent: number; command: string }

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function processOf(pid: number): Process | null {
  const [, state, parent] = /^\d+ \(.*\) (\S) (\d+)/s.exec(read(`/proc/${pid}/stat`)) ?? []
  if (state === undefined || parent === undefined) return null
  return { pid, state, parent: Number(parent), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }
}

/** A process that ended and whose parent has not read its end does not run. */
export function isRunning(pid: number): boolean {
  const found = processOf(pid)
  return found !== null && found.state !== 'Z'
}

export const childrenOf = (pid: number): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid)

/** Kills a process that should be gone, so that a test that fails leaves none. */
export function killed(pid: number): void {
  try {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone, as it should be.
  }
}

/** The most memory a process ever had, in bytes. */
export const peakMemory = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
