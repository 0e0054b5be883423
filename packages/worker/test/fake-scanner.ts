import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { behaviours } from './fixtures/behaviours.ts'

type Run = {
  host: string
  pid: number
  args: string[]
  env: Record<string, string>
  cwd: string
  targets: string[]
}
export type FakeScanner = {
  /** The executable. */
  path: string
  folder: string
  /** What the runs on a host do, one after another, the last one for all further runs. */
  plan(host: string, ...does: (keyof typeof behaviours)[]): Promise<void>
  runs(host?: string): Promise<Run[]>
  /** Everything that was noted, of a host or of all. */
  notes(): Promise<Record<string, unknown>[]>
  remove(): Promise<void>
}

const fake = fileURLToPath(new URL('fixtures/fake-nuclei.ts', import.meta.url))

/** An executable that answers as Nuclei does and then does as it is told. The worker gives it no PATH to Node. */
export async function fakeScanner(version?: string): Promise<FakeScanner> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-fake-'))
  const path = join(folder, 'nuclei')
  await mkdir(join(folder, 'plans'))
  await writeFile(path, `#!/bin/sh\nexec '${process.execPath}' '${fake}' '${folder}' "$@"\n`)
  await chmod(path, 0o755)
  if (version !== undefined) await writeFile(join(folder, 'version'), version)
  const notes = async () => {
    const text = await readFile(join(folder, 'runs.jsonl'), 'utf8').catch(() => '')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }
  return {
    path,
    folder,
    plan: (host, ...does) => writeFile(join(folder, 'plans', `${host}.json`), JSON.stringify(does)),
    async runs(host) {
      const all = (await notes()).filter((note) => 'args' in note) as Run[]
      return host === undefined ? all : all.filter((run) => run.host === host)
    },
    notes,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
