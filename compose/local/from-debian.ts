import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'
import { findExecutable, isExecutable } from './find-executable.ts'
import { lastLines } from './own-process.ts'
import { pickEnv } from './pick-env.ts'
import { runCommand } from './run-command.ts'
import type { Say } from './say.ts'

/** What Debian has: `file` in the packages is what is wanted of them; `args` make it say that it runs here, null: no program. */
export type DebianProgram = {
  name: string
  title: string
  packages: readonly string[]
  file: string
  args: readonly string[] | null
}
/** A program that was unpacked, and the folders of the libraries that it needs beside the system's. */
export type Unpacked = { home: string; file: string; libraries: string }
export type DebianOptions = {
  say: Say
  signal?: AbortSignal | undefined
  env: NodeJS.ProcessEnv
  /** More options for apt-get, for tests. */
  aptOptions?: readonly string[] | undefined
}

const TRY_AGAIN_MS = 24 * 60 * 60 * 1000

/**
 * On Debian and its children: a program and what it needs, fetched and verified by apt into lists and archives of our
 * own and unpacked into the cache. Nothing is installed or started, and root is not needed. Null where that does not
 * work; after a failure it is not tried again for a day.
 */
export async function fromDebian(program: DebianProgram, options: DebianOptions): Promise<Unpacked | null> {
  const [aptGet, dpkg] = [await findExecutable('apt-get', options.env), await findExecutable('dpkg', options.env)]
  if (aptGet === null || dpkg === null) return null
  const folder = join(cacheFolder(options.env), program.name)
  const home = join(folder, await systemName())
  const cached = await unpackedIn(home, program)
  if (cached !== null) return cached
  const failed = `${home}.failed`
  const failedAt = await stat(failed).catch(() => null)
  if (failedAt !== null && Date.now() - failedAt.mtimeMs < TRY_AGAIN_MS) return null

  await mkdir(folder, { recursive: true })
  const fetching = `fetching ${program.title} with apt`
  const why = await options.say.during(fetching, () => fetchInto(home, program.packages, aptGet, dpkg, options))
  const fetched = why === null ? await unpackedIn(home, program) : null
  if (fetched !== null) return fetched
  options.say.line(`${program.title} could not be fetched with apt. ${why ?? 'It does not run here.'}`)
  await writeFile(failed, `${why ?? ''}\n`)
  return null
}

async function fetchInto(
  home: string,
  packages: readonly string[],
  aptGet: string,
  dpkg: string,
  options: DebianOptions,
): Promise<string | null> {
  const work = await mkdtemp(join(tmpdir(), 'assayer-apt-'))
  const part = `${home}.${randomUUID()}`
  try {
    // As root, apt fetches as another user, who must get in.
    await chmod(work, 0o755)
    await mkdir(join(work, 'lists/partial'), { recursive: true })
    await mkdir(join(work, 'cache/archives/partial'), { recursive: true })
    const set = [
      `Dir::State::Lists=${work}/lists`,
      `Dir::Cache=${work}/cache`,
      'Acquire::Retries=0',
      'Acquire::http::Timeout=10',
      'Acquire::https::Timeout=10',
      'Debug::NoLocking=true',
      ...(options.aptOptions ?? []),
    ].flatMap((option) => ['-o', option])
    const run = async (file: string, args: readonly string[]) => {
      const env = { ...pickEnv(options.env, /^(PATH|HOME|TMPDIR)$/), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
      const result = await runCommand({ name: file, file, args, env, timeoutMs: 120_000, signal: options.signal })
      return result.code === 0 ? null : lastLines(result.log) || 'It did not end well.'
    }
    const failed =
      (await run(aptGet, [...set, '-q', '-o', 'APT::Update::Error-Mode=any', 'update'])) ??
      (await run(aptGet, [...set, '-q', '-y', '--no-install-recommends', '--download-only', 'install', ...packages]))
    if (failed !== null) return failed
    const archives = (await readdir(join(work, 'cache/archives'))).filter((name) => name.endsWith('.deb'))
    for (const name of archives) {
      const bad = await run(dpkg, ['-x', join(work, 'cache/archives', name), part])
      if (bad !== null) return bad
    }
    await rm(home, { recursive: true, force: true })
    await rename(part, home)
    return null
  } finally {
    await rm(part, { recursive: true, force: true })
    await rm(work, { recursive: true, force: true })
  }
}

async function unpackedIn(home: string, { name, file: inside, args }: DebianProgram): Promise<Unpacked | null> {
  const file = join(home, inside)
  if (args === null) return (await stat(file).catch(() => null)) === null ? null : { home, file, libraries: '' }
  if (!(await isExecutable(file))) return null
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const folders = entries.filter((entry) => entry.name.includes('.so.')).map((entry) => entry.parentPath)
  const libraries = [...new Set(folders)].join(':')
  const env = { LD_LIBRARY_PATH: libraries }
  const result = await runCommand({ name, file, args, env, timeoutMs: 10_000 })
  return result.code === 0 ? { home, file, libraries } : null
}

async function systemName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const value = (name: string) => new RegExp(`^${name}="?([\\w.-]+)`, 'm').exec(text)?.[1] ?? 'unknown'
  return `${value('ID')}-${value('VERSION_ID')}-${process.arch}`
}
