import { cp, mkdir, readFile, readdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LocalError } from '../../local/local-error.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const parts = ['packages/schema', 'packages/api', 'packages/worker', 'compose']

/** One change of one file's text; `find` has to be there exactly once. */
export type Patch = { file: string; find: string; replace: string }

/** Copies the sources into an empty folder, so that they run there with the same dependencies and the copied packages. */
export async function copySources(folder: string): Promise<void> {
  for (const part of parts) {
    const skip = /\/(node_modules|dist)(\/|$)/
    await cp(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !skip.test(path.slice(root.length)),
    })
    await linkModules(join(root, part, 'node_modules'), join(folder, part, 'node_modules'), folder)
  }
  await linkModules(join(root, 'node_modules'), join(folder, 'node_modules'), folder)
}

async function linkModules(from: string, to: string, folder: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    if (name.startsWith('.')) continue
    if (name !== '@assayer') {
      await symlink(await realpath(join(from, name)), join(to, name))
      continue
    }
    await mkdir(join(to, name))
    for (const own of await readdir(join(from, name))) await symlink(join(folder, 'packages', own), join(to, name, own))
  }
}

/** Applies patches below a folder. Throws LocalError where one does not fit any more. */
export async function applyPatches(folder: string, patches: readonly Patch[]): Promise<void> {
  for (const { file, find, replace } of patches) {
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    if (text.split(find).length !== 2) throw new LocalError(`A mutation does not fit: ${file} has not once: ${find}`)
    await writeFile(
      path,
      text.replace(find, () => replace),
    )
  }
}
