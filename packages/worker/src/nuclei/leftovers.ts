import { readFileSync, readdirSync } from 'node:fs'

/**
 * Kills every process that has this folder as its HOME: a child of a scanner that left its process group. Returns how many
 * there were; none where there is no /proc.
 */
export function killLeftovers(home: string): number {
  const pids = list('/proc').filter((name) => /^\d+$/.test(name) && environment(name).includes(`HOME=${home}`))
  for (const pid of pids) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended meanwhile.
    }
  }
  return pids.length
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
