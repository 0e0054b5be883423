import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnNuclei } from './spawn.ts'

/** The lowest version that may run: 3.10.0 has the security fixes, 3.11.0 refuses unsigned javascript templates. */
const nucleiFloor = '3.11.1'

/** The version a binary says it has, or a sentence that says what is wrong and what to do. */
export async function nucleiVersion(
  binary: string,
): Promise<{ ok: true; version: string } | { ok: false; message: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-version-'))
  let version: string | undefined
  const look = (line: string) => void (version ??= /Engine Version: v(\d+\.\d+\.\d+)/.exec(line)?.[1])
  try {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder }
    const run = spawnNuclei({
      binary,
      args: ['-version', '-duc'],
      env,
      cwd: folder,
      maxLineBytes: 4096,
      maxBytes: 65_536,
      onFinding: look,
      onMessage: look,
    })
    const timer = setTimeout(() => run.signal('SIGKILL'), 20_000)
    const exit = await run.ended
    clearTimeout(timer)
    if (exit.kind === 'not-spawned')
      return {
        ok: false,
        message: `Nuclei cannot be started at ${binary}: set NUCLEI_PATH to the binary of Nuclei ${nucleiFloor} or newer`,
      }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (version === undefined)
    return {
      ok: false,
      message: `${binary} does not say its version: set NUCLEI_PATH to Nuclei ${nucleiFloor} or newer`,
    }
  if (isBelow(version, nucleiFloor))
    return { ok: false, message: `Nuclei ${version} is too old: ${nucleiFloor} or newer is needed (NUCLEI_PATH)` }
  return { ok: true, version }
}

const isBelow = (version: string, floor: string) => version.localeCompare(floor, 'en', { numeric: true }) < 0
