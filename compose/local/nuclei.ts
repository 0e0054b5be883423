import { randomUUID } from 'node:crypto'
import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { buildNuclei } from './build-nuclei.ts'
import { cacheFolder, platform } from './cache.ts'
import { fetchRelease, type FetchOptions, nucleiRelease, type Release } from './fetch-release.ts'
import { findExecutable, isExecutable } from './find-executable.ts'
import { LocalError } from './local-error.ts'
import { withLock } from './lock.ts'
import { isAtLeast, NUCLEI_VERSION, readNucleiVersion } from './nuclei-version.ts'
import { readZipEntry } from './read-zip.ts'
import type { Say } from './say.ts'

export type NucleiFound = { path: string; version: string; how: 'env' | 'path' | 'cache' | 'release' | 'build' }
export type NucleiOptions = {
  /** The value of NUCLEI_PATH. */
  path?: string | undefined
  say: Say
  signal?: AbortSignal | undefined
  env?: NodeJS.ProcessEnv
  /** Another release than the official one, or none; for tests. */
  release?: Release | null
  firstByteMs?: FetchOptions['firstByteMs']
}

const ADVICE = `install Nuclei ${NUCLEI_VERSION} or newer on PATH or set NUCLEI_PATH, or install Go 1.26 or newer to have it built.`
const MAX_BINARY_BYTES = 400 * 1024 * 1024

/**
 * A Nuclei 3.11.1 or newer: NUCLEI_PATH, else from PATH where its version fits, else from the cache, else the official
 * release by its pinned digest, else built with Go. The last two fill the cache, one process at a time. Throws LocalError.
 */
export async function findNuclei(options: NucleiOptions): Promise<NucleiFound> {
  const { path, signal, env = process.env } = options
  if (path !== undefined && path !== '') return checkGiven(resolve(path), signal)
  const onPath = await findExecutable('nuclei', env)
  const found = onPath === null ? null : await fitting(onPath, 'path', signal)
  if (found !== null) return found
  const target = join(cacheFolder(env), 'nuclei', `${NUCLEI_VERSION}-${platform}`, 'nuclei')
  const cached = await fitting(target, 'cache', signal)
  if (cached !== null) return cached
  const onWait = () => options.say.line('waiting for another process that fetches or builds Nuclei')
  return withLock(`${target}.lock`, { onWait, signal }, async () => {
    return (await fitting(target, 'cache', signal)) ?? (await fillCache(target, options))
  })
}

async function checkGiven(path: string, signal: AbortSignal | undefined): Promise<NucleiFound> {
  if (!(await isExecutable(path))) {
    throw new LocalError(`NUCLEI_PATH is ${path}, which is no program that can be run: correct it, or unset it.`)
  }
  const version = await readNucleiVersion(path, signal)
  if (version === null) {
    throw new LocalError(
      `NUCLEI_PATH is ${path}, which does not answer -version as Nuclei does: correct it, or unset it.`,
    )
  }
  if (!isAtLeast(version, NUCLEI_VERSION)) {
    throw new LocalError(
      `NUCLEI_PATH is Nuclei ${version}: use ${NUCLEI_VERSION} or newer, or unset it to have one fetched or built.`,
    )
  }
  return { path, version, how: 'env' }
}

async function fitting(
  path: string,
  how: NucleiFound['how'],
  signal: AbortSignal | undefined,
): Promise<NucleiFound | null> {
  if (!(await isExecutable(path))) return null
  const version = await readNucleiVersion(path, signal)
  return version !== null && isAtLeast(version, NUCLEI_VERSION) ? { path, version, how } : null
}

async function fillCache(target: string, options: NucleiOptions): Promise<NucleiFound> {
  const folder = dirname(target)
  // What an earlier fetch or build left that did not come to its end; we hold the lock.
  for (const name of await readdir(folder)) {
    if (name.startsWith('part-')) await rm(join(folder, name), { force: true })
  }
  const part = join(folder, `part-${randomUUID()}`)
  try {
    for (const make of [fromRelease, fromSource]) {
      const how = await make(part, options)
      if (how === null) continue
      await chmod(part, 0o755)
      const found = await fitting(part, how, options.signal)
      if (found !== null) {
        await rename(part, target)
        return { ...found, path: target }
      }
      options.say.line(`The Nuclei from the ${how} does not run here.`)
    }
    throw new LocalError(`No Nuclei could be made to run here: ${ADVICE}`)
  } finally {
    await rm(part, { force: true })
  }
}

async function fromRelease(part: string, options: NucleiOptions): Promise<'release' | null> {
  const { say, signal, firstByteMs = 5000, release = nucleiRelease() } = options
  if (release === null) return null
  const fetched = await say.during(`fetching Nuclei ${NUCLEI_VERSION}`, (detail) =>
    fetchRelease(release, { signal, detail, firstByteMs }),
  )
  if (fetched.kind === 'fetched') {
    await writeFile(part, await readZipEntry(fetched.zip, 'nuclei', MAX_BINARY_BYTES))
    return 'release'
  }
  const what = fetched.kind === 'refused' ? 'was refused, as it is not the pinned one' : 'cannot be reached'
  say.line(`The Nuclei release ${what} (${fetched.why})`)
  return null
}

async function fromSource(part: string, options: NucleiOptions): Promise<'build'> {
  const { say, signal, env = process.env } = options
  const text = `building Nuclei ${NUCLEI_VERSION} with Go, once, about 6 minutes on 2 cores`
  const built = await say.during(text, (detail) => buildNuclei(part, { env, signal, detail }))
  if (built.kind === 'built') return 'build'
  const step = built.kind === 'failed' ? `Nuclei could not be built (${built.why})` : `Nuclei is missing (${built.why})`
  throw new LocalError(`${step}: ${ADVICE}`)
}
