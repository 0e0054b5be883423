import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../nuclei/folder.ts'
import { spawnNuclei } from '../nuclei/spawn.ts'
import { hear, nothingTold } from '../nuclei/stderr.ts'

export type Check = { binary: string; scanDir: string; signal: AbortSignal; longestMs?: number }

/** How many of these template files this Nuclei loads, said with an empty target list: nothing is sent anywhere. */
export async function countLoaded(
  templates: { root: string; files: string[]; signed: boolean },
  check: Check,
): Promise<number> {
  check.signal.throwIfAborted()
  const folder = await makeFolder(check.scanDir, null)
  const told = nothingTold()
  try {
    const list = join(folder.path, 'targets.txt')
    await writeFile(list, '')
    const flags = ['-no-stdin', '-duc', '-ni', '-nc', '-stats', '-sj', '-si', '1', '-mp', '0']
    const files = templates.files.flatMap((file) => ['-t', file])
    const run = spawnNuclei({
      binary: check.binary,
      args: ['-l', list, '-ud', templates.root, ...files, ...flags, ...(templates.signed ? ['-dut'] : [])],
      env: folder.env,
      cwd: folder.path,
      maxLineBytes: 65_536,
      maxBytes: 1_048_576,
      onFinding: () => {},
      onMessage: (line) => hear(told, line),
    })
    const stop = () => run.signal('SIGKILL')
    const timer = setTimeout(stop, check.longestMs ?? 120_000)
    check.signal.addEventListener('abort', stop, { once: true })
    const exit = await run.ended
    clearTimeout(timer)
    check.signal.removeEventListener('abort', stop)
    if (exit.kind === 'not-spawned') throw new Error(`Nuclei could not be started: ${exit.message}`)
    return told.templatesLoaded ?? 0
  } finally {
    await folder.remove()
  }
}
