import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { countLoaded } from '../bundle/count-loaded.ts'
import type { Check } from '../bundle/count-loaded.ts'
import { makeFolder } from '../nuclei/folder.ts'
import { spawnNuclei } from '../nuclei/spawn.ts'
import { hear, nothingTold } from '../nuclei/stderr.ts'
import type { Told } from '../nuclei/stderr.ts'
import { judgeApart } from './judge-apart.ts'
import type { Judged, Refused } from './judge.ts'

const longestMs = 8000

/**
 * Whether a template of a user may be kept: it asks nothing but its target (judge.ts), `nuclei -validate` has nothing against it,
 * and Nuclei loads it, which a flaw that `-validate` overlooks would prevent without a word. Nothing is sent anywhere. A template
 * over which Nuclei breaks is refused. Throws when Nuclei cannot be started or takes over eight seconds, for which a busy machine
 * may be to blame.
 */
export async function validateTemplate(source: string, check: Check): Promise<Judged | Refused> {
  const [judged] = await judgeApart([source], check.signal)
  if (judged === undefined || !judged.ok)
    return judged ?? { ok: false, code: 'template-invalid', message: 'No template' }
  const folder = await makeFolder(check.scanDir, null)
  try {
    const file = join(folder.path, 'template.yaml')
    await writeFile(file, judged.runnable)
    const told = nothingTold()
    const run = spawnNuclei({
      binary: check.binary,
      args: ['-validate', '-no-stdin', '-duc', '-ni', '-nc', '-mp', '0', '-ud', folder.path, '-t', file],
      env: folder.env,
      cwd: folder.path,
      maxLineBytes: 65_536,
      maxBytes: 1_048_576,
      onFinding: () => {},
      onMessage: (line) => hear(told, line),
    })
    let late = false
    const stop = () => run.signal('SIGKILL')
    const timer = setTimeout(() => ((late = true), stop()), longestMs)
    check.signal.addEventListener('abort', stop, { once: true })
    const exit = await run.ended
    clearTimeout(timer)
    check.signal.removeEventListener('abort', stop)
    check.signal.throwIfAborted()
    if (late) throw new Error('validating a template took too long')
    if (exit.kind === 'not-spawned') throw new Error(`Nuclei could not be started: ${exit.message}`)
    if (exit.kind !== 'exited' || exit.code !== 0) return invalid(told, folder.path)
    const loaded = await countLoaded({ root: folder.path, files: [file], signed: false }, { ...check, longestMs })
    return loaded === 1 ? judged : invalid(nothingTold(), folder.path)
  } finally {
    await folder.remove()
  }
}

/** Nuclei's own words, without where the worker keeps its files. */
function invalid(told: Told, folder: string): Refused {
  const said = told.tail.filter((line) => /^\[(?:ERR|WRN)\]/.test(line)).map((line) => line.replace(/^\[\w+\] /, ''))
  const message = said
    .join(' ')
    .replaceAll(`${folder}/template.yaml`, 'the template')
    .replaceAll(folder, '')
    .slice(0, 1000)
  return { ok: false, code: 'template-invalid', message: message.trim() || 'Nuclei cannot load the template' }
}
