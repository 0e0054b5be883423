import { readFileSync } from 'node:fs'
import type { GroupEnd } from './warden-messages.ts'

export type ProcessGroup = { pgid: number; startTime: string }

/**
 * Field 22 of /proc/PID/stat (proc(5)): when the process began, in clock ticks since boot. Null when there is no such
 * process, or no /proc.
 */
export function readStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command in field 2 may hold spaces and brackets, so count from the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/**
 * SIGKILL to the whole group, never to one whose leader began at another time than `startTime`. A leader that is gone
 * cannot be asked, but while anything of its group lives the system gives its number to nobody else.
 */
export function killGroup({ pgid, startTime }: ProcessGroup): GroupEnd {
  const leader = readStartTime(pgid)
  if (leader !== null && leader !== startTime) return 'not-ours'
  try {
    process.kill(-pgid, 'SIGKILL')
    return 'killed'
  } catch {
    return 'gone'
  }
}
