import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { scanFolder, signOfLife } from './scan-folder.ts'

const freshMs = 30_000

/**
 * `main health`: 0 as soon as the worker of this scan folder has written to the registry in the last 30 s, 1 and why on stderr where
 * it has not within `waitMs`. It waits itself, since a process of Node for each look would take what the worker needs to start.
 */
export async function checkHealth(env: Record<string, string | undefined>, waitMs = 3000): Promise<number> {
  const file = signOfLife(scanFolder(env['SCAN_DIR']))
  for (const until = performance.now() + waitMs; ; await sleep(25)) {
    const written = await stat(file).catch(() => null)
    if (written !== null && Date.now() - written.mtimeMs < freshMs) return 0
    if (performance.now() < until) continue
    const why =
      written === null ? 'the worker is not in the registry yet' : 'the worker could not write to the registry for 30 s'
    process.stderr.write(`not healthy: ${why}\n`)
    return 1
  }
}
