import { stat } from 'node:fs/promises'
import { scanFolder, signOfLife } from './scan-folder.ts'

const freshMs = 30_000

/** `main health`: 0 where the worker of this scan folder has written to the registry in the last 30 s, else 1 and why on stderr. */
export async function checkHealth(env: Record<string, string | undefined>): Promise<number> {
  const written = await stat(signOfLife(scanFolder(env['SCAN_DIR']))).catch(() => null)
  if (written !== null && Date.now() - written.mtimeMs < freshMs) return 0
  const why =
    written === null ? 'the worker is not in the registry yet' : 'the worker could not write to the registry for 30 s'
  process.stderr.write(`not healthy: ${why}\n`)
  return 1
}
