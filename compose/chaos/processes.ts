import { readdirSync, readFileSync } from 'node:fs'

/** A process by its number and the time it began, so that a number used again is not taken for it. */
export type Known = { pid: number; startTime: string; command: string }

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
const statOf = (pid: number): string[] => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
const all = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** The process of that number; null when there is none, or only its unread end. */
export function knownProcess(pid: number): Known | null {
  const stat = statOf(pid)
  const startTime = stat[19]
  if (startTime === undefined || stat[0] === 'Z') return null
  return { pid, startTime, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 300) }
}

export const stillRuns = ({ pid, startTime }: Known): boolean => knownProcess(pid)?.startTime === startTime

/** The living children of a process. */
export function childrenOf(pid: number): Known[] {
  return all()
    .filter((one) => statOf(one)[1] === String(pid))
    .flatMap((one) => knownProcess(one) ?? [])
}

/** Living processes that were started with this text in their environment. */
export function withEnvironment(text: string): Known[] {
  return all()
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/environ`).includes(text))
    .flatMap((pid) => knownProcess(pid) ?? [])
}

/** Resident memory in bytes and the number of open descriptors; zeros when the process is gone. */
export function usageOf(pid: number): { memory: number; descriptors: number } {
  const memory = Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
  try {
    return { memory, descriptors: readdirSync(`/proc/${pid}/fd`).length }
  } catch {
    return { memory, descriptors: 0 }
  }
}
