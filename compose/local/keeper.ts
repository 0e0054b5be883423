// A process of its own that outlives the script that started it, for a moment: when its standard input closes, however
// the script ended, it ends the process groups and removes the folders that the script still held (see keep.ts).
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const held = new Set<string>()
for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) held.add(line.slice(1))
  else held.delete(line.slice(1))
}

const entries = [...held].map((entry) => entry.split('\t'))
const groups = entries.flatMap(([kind, pid, signal]) => (kind === 'group' ? [{ pid: Number(pid), signal }] : []))
for (const { pid, signal } of groups) send(pid, signal as NodeJS.Signals)
for (let look = 0; look < 60 && groups.some(({ pid }) => send(pid, 0)); look++) await sleep(50)
for (const { pid } of groups) send(-pid, 'SIGKILL')
for (const [kind, path] of entries) {
  if (kind === 'folder' && path !== undefined) await rm(path, { recursive: true, force: true, maxRetries: 3 })
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
