import { randomUUID } from 'node:crypto'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImages, images } from '../images/build-images.ts'
import { tryDocker } from '../images/docker.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const left = new Set(['.git', 'node_modules', 'dist', 'docs', '.vitest'])
const tag = 'timed'

export type BuildTimes = { anew: number; changed: number }

/**
 * Seconds of two builds of all images with Nuclei given as a binary: with no layer of an earlier build, though with what the cache
 * mounts keep of the registries, and after a change of each bundle's code. Their images are removed again.
 */
export async function timeBuilds(nuclei: string | undefined, signal: AbortSignal): Promise<BuildTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-builds-'))
  const timed = async (more: { context?: string; anew?: boolean }) => {
    const since = performance.now()
    await buildImages(process.env, { nuclei, signal, tag, ...more })
    return (performance.now() - since) / 1000
  }
  try {
    const anew = await timed({ anew: true })
    await cp(root, folder, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) })
    for (const name of ['api', 'worker', 'schema'])
      await appendFile(join(folder, `packages/${name}/src/main.ts`), `\nprocess.title = '${randomUUID()}'\n`)
    return { anew, changed: await timed({ context: folder }) }
  } finally {
    const names = Object.keys(images).map((name) => `assayer/${name}:${tag}`)
    await tryDocker(['image', 'rm', ...names], { signal: AbortSignal.timeout(60_000) })
    await rm(folder, { recursive: true, force: true })
  }
}
