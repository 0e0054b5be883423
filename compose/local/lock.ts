import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const STALE_MS = 60_000

/**
 * Runs `work` while no other process on this machine runs its own under the same path. A lock whose holder is dead, or
 * that nobody touched for a minute, is taken over; in a rare race two may then run at once, so `work` ends with a rename.
 */
export async function withLock<Value>(
  path: string,
  options: { onWait: () => void; signal?: AbortSignal | undefined; lookMs?: number },
  work: () => Promise<Value>,
): Promise<Value> {
  await mkdir(dirname(path), { recursive: true })
  for (let waits = 0; !(await tryLock(path)); waits++) {
    if (waits === 0) options.onWait()
    if (await isStale(path)) await rm(path, { force: true })
    else await sleep(options.lookMs ?? 500, undefined, { signal: options.signal })
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {})
  }, STALE_MS / 6)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)]
    if (Date.now() - mtimeMs > STALE_MS) return true
    return text !== '' && !isAlive(Number(text))
  } catch {
    // It went away while we looked.
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
