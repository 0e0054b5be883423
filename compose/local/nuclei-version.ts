import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { StartError } from './own-process.ts'
import { runCommand } from './run-command.ts'

/** The version that is fetched or built, and the lowest that is accepted. */
export const NUCLEI_VERSION = '3.11.1'

/** Whether `version` (`3.11.1`, `v3.12.0-dev`) is `floor` or newer; a pre-release of the floor is older, other text is not. */
export function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(floor)]
  if (a === null || b === null) return false
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0
    if (number !== other) return number > other
  }
  return !a.preRelease || b.preRelease
}

function parseVersion(text: string): { numbers: number[]; preRelease: boolean } | null {
  const match = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(-[\w.]+)?$/.exec(text)
  if (match === null) return null
  return {
    numbers: [match[1], match[2], match[3]].map((part) => Number(part ?? 0)),
    preRelease: match[4] !== undefined,
  }
}

/** The version that this Nuclei says it has, without a call to any network; null where it is none or does not answer in 20 s. */
export async function readNucleiVersion(path: string, signal?: AbortSignal): Promise<string | null> {
  const home = await mkdtemp(join(tmpdir(), 'assayer-nuclei-'))
  try {
    const result = await runCommand({
      name: 'Nuclei',
      file: path,
      args: ['-version', '-duc'],
      env: { PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`, HOME: home, TMPDIR: home, TZ: 'UTC' },
      cwd: home,
      timeoutMs: 20_000,
      signal,
    })
    if (result.code !== 0) return null
    return /Engine Version: v?(\S+)/.exec(stripVTControlCharacters(result.log))?.[1] ?? null
  } catch (error) {
    if (error instanceof StartError) return null
    throw error
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  }
}
