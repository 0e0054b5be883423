import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The folder for what is dear to make again: `$XDG_CACHE_HOME/assayer`, else `~/.cache/assayer`. It may not exist yet. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME
  // A relative value is to be ignored, says the XDG base directory specification.
  if (base !== undefined && isAbsolute(base)) return join(base, 'assayer')
  return join(env.HOME ?? homedir(), '.cache', 'assayer')
}

/** Which system and processor a cached binary is for, as Node names them: `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`
