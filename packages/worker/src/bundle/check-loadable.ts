import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import type { TemplateOrigin } from '@assayer/schema/store'
import { makeFolder } from '../nuclei/folder.ts'
import { spawnNuclei } from '../nuclei/spawn.ts'
import { hear, nothingTold } from '../nuclei/stderr.ts'
import type { InstalledBundle } from './read-bundle.ts'

type Check = { binary: string; scanDir: string; signal: AbortSignal }

/**
 * Takes out of a bundle what this Nuclei does not load: invalid files, and signed ones whose signature is stale (1 to 3 percent
 * of any official snapshot). Nuclei says how many it loaded, not which it dropped, so a set that falls short is halved until
 * the culprits stand alone. Each run has an empty target list: nothing is sent anywhere.
 */
export async function keepLoadable<Bundle extends InstalledBundle>(
  bundle: Bundle,
  check: Check,
): Promise<{ bundle: Bundle; dropped: string[] }> {
  const dropped: string[] = []
  for (const origin of ['signed', 'starter'] as const) {
    const ids = bundle.templates.filter((template) => template.origin === origin).map(({ id }) => id)
    dropped.push(...(await findUnloadable(bundle, ids, origin, check)))
  }
  const gone = new Set(dropped)
  const files = new Map([...bundle.files].filter(([id]) => !gone.has(id)))
  return { bundle: { ...bundle, files, templates: bundle.templates.filter(({ id }) => !gone.has(id)) }, dropped }
}

async function findUnloadable(
  bundle: InstalledBundle,
  ids: string[],
  origin: TemplateOrigin,
  check: Check,
): Promise<string[]> {
  if (ids.length === 0) return []
  const loaded = await countLoaded(bundle, ids, origin, check)
  if (loaded === ids.length) return []
  if (loaded === 0 || ids.length === 1) return ids
  const half = ids.length >> 1
  return [
    ...(await findUnloadable(bundle, ids.slice(0, half), origin, check)),
    ...(await findUnloadable(bundle, ids.slice(half), origin, check)),
  ]
}

async function countLoaded(
  bundle: InstalledBundle,
  ids: string[],
  origin: TemplateOrigin,
  check: Check,
): Promise<number> {
  check.signal.throwIfAborted()
  const folder = await makeFolder(check.scanDir, null)
  const told = nothingTold()
  try {
    const list = join(folder.path, 'targets.txt')
    await writeFile(list, '')
    const files = ids.flatMap((id) => ['-t', bundle.files.get(id) ?? ''])
    const flags = ['-no-stdin', '-duc', '-ni', '-nc', '-stats', '-sj', '-si', '1', '-mp', '0']
    const run = spawnNuclei({
      binary: check.binary,
      args: ['-l', list, '-ud', bundle.root, ...files, ...flags, ...(origin === 'signed' ? ['-dut'] : [])],
      env: folder.env,
      cwd: folder.path,
      maxLineBytes: 65_536,
      maxBytes: 1_048_576,
      onFinding: () => {},
      onMessage: (line) => hear(told, line),
    })
    const stop = () => run.signal('SIGKILL')
    const timer = setTimeout(stop, 120_000)
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
