import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'

export const starterFolder = fileURLToPath(new URL('../../packages/worker/templates/starter', import.meta.url))

const LONGEST_MS = 120_000
const LARGEST_OUTPUT = 16 * 1024 * 1024
const SELECTION = ['-etags', 'dos,fuzz,bruteforce,local,intrusive', '-jsonl', '-or', '-ot', '-nh']
const PACE = ['-rl', '500', '-c', '10', '-bs', '10', '-timeout', '5', '-retries', '1', '-rsr', '4194304']

const findingSchema = v.object({
  'template-id': v.string(),
  info: v.object({ severity: v.string() }),
  type: v.string(),
  host: v.optional(v.string(), ''),
  port: v.optional(v.string(), ''),
  'matcher-name': v.optional(v.string(), ''),
  'extractor-name': v.optional(v.string(), ''),
  'matched-at': v.optional(v.string(), ''),
  'extracted-results': v.optional(v.array(v.string()), []),
})
export type StarterFinding = v.InferOutput<typeof findingSchema>

/**
 * Runs the real Nuclei (NUCLEI_PATH) by itself on the starter set in a folder of its own, removed afterwards, and returns
 * what it wrote. Rejects when NUCLEI_PATH is not set, and when Nuclei ends with another status than 0 or takes 2 minutes.
 */
export async function runNuclei(args: string[], targets: string[] = []): Promise<{ stdout: string; stderr: string }> {
  const nuclei = process.env['NUCLEI_PATH']
  if (nuclei === undefined || nuclei === '') throw new Error('Set NUCLEI_PATH to a Nuclei 3.11.1 or newer')
  const home = await mkdtemp(join(tmpdir(), 'assayer-starter-'))
  try {
    const list = join(home, 'targets.txt')
    await writeFile(list, targets.map((target) => `${target}\n`).join(''))
    const input = targets.length > 0 ? ['-l', list] : []
    const env = {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: home,
      TMPDIR: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'data'),
      XDG_STATE_HOME: join(home, 'state'),
      TZ: 'UTC',
    }
    const all = [...args, ...input, '-ud', starterFolder, '-t', starterFolder, '-no-stdin', '-duc', '-ni', '-nc']
    return await promisify(execFile)(nuclei, all, { env, timeout: LONGEST_MS, maxBuffer: LARGEST_OUTPUT })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Scans the targets with the templates of these protocols, as the worker would on loopback, and returns the findings. */
export async function scanWithStarterSet(targets: string[], protocols: string): Promise<StarterFinding[]> {
  const { stdout } = await runNuclei(['-pt', protocols, ...SELECTION, ...PACE], targets)
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => v.parse(findingSchema, JSON.parse(line)))
}

/** What makes a finding the same one in another run, by the wording of the design: neither time nor order. */
export function identityOf(finding: StarterFinding): string {
  const { 'extracted-results': extracted, info: _info, ...rest } = finding
  return JSON.stringify([rest, extracted.toSorted()])
}
