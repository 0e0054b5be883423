import type { Log } from '@assayer/schema'
import { install } from './bundle/install.ts'
import type { ReadBundle } from './bundle/read-bundle.ts'
import { checkSelf } from './self-check.ts'
import { StartError } from './start-error.ts'

/**
 * The self-check and the templates that this Nuclei loads, side by side, as each starts a Nuclei of its own. What the self-check says
 * counts first, and where it refuses, the other is stopped. Throws StartError.
 */
export async function checkAndInstall(
  parts: { binary: string; templatesDir: string; scanDir: string },
  digests: URL,
  signal: AbortSignal,
  log: Log,
): Promise<ReadBundle & { nucleiVersion: string }> {
  const refused = new AbortController()
  const check = { ...parts, signal: AbortSignal.any([signal, refused.signal]) }
  const installing = install(parts.templatesDir, digests, check, log)
  installing.catch(() => {})
  const checked = await checkSelf({ ...parts, files: [] })
  if (!checked.ok) {
    refused.abort()
    await installing.catch(() => {})
    throw new StartError(checked.message)
  }
  return { nucleiVersion: checked.version, ...(await installing) }
}
