import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../local/run-command.ts'

const templates = fileURLToPath(new URL('../../packages/worker/templates/starter', import.meta.url))

/** Milliseconds that Nuclei takes by itself for these targets, with the flags and the cold cache that Assayer gives it. */
export async function rawNuclei(nuclei: string, urls: readonly string[], protocol = ''): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'assayer-bench-'))
  try {
    const list = join(home, 'targets.txt')
    await writeFile(list, `${urls.join('\n')}\n`)
    const flags = [
      '-no-stdin',
      '-jsonl',
      '-ot',
      '-stats',
      '-sj',
      '-si',
      '1',
      '-mp',
      '0',
      '-nc',
      '-duc',
      '-ni',
      '-nh',
      '-rl',
      '50',
      '-c',
      '10',
      '-bs',
      '10',
      '-timeout',
      '10',
      '-retries',
      '1',
    ]
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: home,
      TMPDIR: home,
      XDG_CONFIG_HOME: join(home, 'c'),
      XDG_CACHE_HOME: join(home, 'k'),
      XDG_DATA_HOME: join(home, 'd'),
    }
    const since = performance.now()
    const { code } = await runCommand({
      name: 'Nuclei',
      file: nuclei,
      args: ['-l', list, '-ud', templates, '-t', join(templates, protocol), ...flags],
      env,
      timeoutMs: 120_000,
    })
    if (code !== 0) throw new Error(`Nuclei ended with ${code}`)
    return performance.now() - since
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
