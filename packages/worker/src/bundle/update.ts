import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, realpath, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readBundle, starterDigests } from './read-bundle.ts'

export type UpdateOptions = {
  /** A link to the folder of templates in use; each update makes a folder beside it. */
  current: string
  /** A folder to copy from instead of the download; taken where it holds templates. */
  source: string
  binary: string
  /** HOME of the downloader: a folder that may be written. */
  home: string
  /** Whether to fetch anew where templates are there already. */
  anew: boolean
  /** The list of Assayer's own starter set. */
  digests: URL
  signal: AbortSignal
}
export type Updated =
  | { kind: 'kept' | 'updated'; folder: string; digest: string; templates: number }
  | { kind: 'failed'; why: string }

const downloadMs = 600_000

/**
 * Fills the folder that TEMPLATES_DIR links to: from a folder at hand, else by Nuclei's own download. A set is complete before the
 * link is turned to it in one step, and the one before stays, as workers go on with it until they start anew; older ones go.
 * Nuclei exits 0 also where nothing was downloaded, so what counts is what can be read afterwards.
 */
export async function updateTemplates(options: UpdateOptions): Promise<Updated> {
  const { current, source, anew, digests } = options
  const held = await measure(current, digests)
  if (held !== null && !anew) return { kind: 'kept', folder: await realpath(current), ...held }
  const parent = dirname(current)
  const before = await realpath(current).catch(() => null)
  const folder = join(parent, `set-${Date.now()}`)
  try {
    await mkdir(folder, { recursive: true })
    if ((await measure(source, digests)) !== null) await cp(source, folder, { recursive: true })
    else await download(folder, options)
    const got = await measure(folder, digests)
    if (got === null) {
      await rm(folder, { recursive: true, force: true })
      return { kind: 'failed', why: `no template of Nuclei came: neither in ${source} nor by download` }
    }
    await symlink(basename(folder), join(parent, 'next'))
    await rename(join(parent, 'next'), current)
    for (const name of await readdir(parent)) {
      const path = join(parent, name)
      if (name.startsWith('set-') && path !== folder && path !== before)
        await rm(path, { recursive: true, force: true })
    }
    return { kind: 'updated', folder, ...got }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    await rm(join(parent, 'next'), { force: true })
    options.signal.throwIfAborted()
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) }
  }
}

/** What a worker would take from this folder; null where that is nothing. */
async function measure(folder: string, digests: URL): Promise<{ digest: string; templates: number } | null> {
  if ((await readdir(folder).catch(() => [])).length === 0) return null
  const { digest, templates } = await readBundle(folder, starterDigests(digests))
  return templates.length === 0 ? null : { digest, templates: templates.length }
}

async function download(folder: string, { binary, home, signal }: UpdateOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const child = spawn(binary, ['-update-templates', '-update-template-dir', folder, '-no-color'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { HOME: home, TMPDIR: home, PATH: '' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]),
    killSignal: 'SIGKILL',
  })
  child.once('error', reject)
  child.once('close', () => resolve())
  await promise
}
