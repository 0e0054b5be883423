import { randomUUID } from 'node:crypto'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImages, images } from '../images/build-images.ts'
import { docker, tryDocker } from '../images/docker.ts'
import type { Step } from './step.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What no build takes, from the repository's root: what is installed, built, secret or large. */
const left = /^(\.git|docs|compose\/secrets|(.+\/)?(node_modules|dist))$/
const tag = 'timed'
const names = Object.keys(images)

/**
 * Two builds of all images with Nuclei given as a binary: with no layer of an earlier build, though with what the cache mounts keep of
 * the registries, and after a change of each bundle's code. The first must give the images that there are, to the byte. Those of both
 * are removed again.
 */
export const timeBuilds = (nuclei: string | undefined): Step => ({
  name: 'a build from nothing gives the same images',
  long: true,
  async run(_, { signal, figure }, detail) {
    const folder = await mkdtemp(join(tmpdir(), 'assayer-builds-'))
    const timed = async (more: { context?: string; anew?: boolean }) => {
      const since = performance.now()
      await buildImages(process.env, { nuclei, signal, tag, onLine: detail, ...more })
      return `${((performance.now() - since) / 1000).toFixed(1)} s`
    }
    try {
      const nothing = await timed({ anew: true })
      const different = await differences(signal)
      await cp(root, folder, { recursive: true, filter: (path) => !left.test(relative(root, path)) })
      for (const name of ['api', 'worker', 'schema'])
        await appendFile(join(folder, `packages/${name}/src/main.ts`), `\nprocess.title = '${randomUUID()}'\n`)
      figure("all images from nothing, Nuclei and the registries' packages there", nothing, '', '120 s')
      figure('all images after a change of their code', await timed({ context: folder }), '', '8 s')
      return different
    } finally {
      const timedNames = names.map((name) => `assayer/${name}:${tag}`)
      await tryDocker(['image', 'rm', ...timedNames], { signal: AbortSignal.timeout(60_000) })
      await rm(folder, { recursive: true, force: true })
    }
  },
})

/** Which layers, counted from the base's first, differ between `latest` and what was just built. */
async function differences(signal: AbortSignal): Promise<string[]> {
  const look = async (image: string) =>
    (await docker(['image', 'inspect', '--format', '{{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}', image], { signal }))
      .trim()
      .split(' ')
  const wrong: string[] = []
  for (const name of names) {
    const [id, ...layers] = await look(`assayer/${name}:latest`)
    const [newId, ...newLayers] = await look(`assayer/${name}:${tag}`)
    const differ = layers.flatMap((layer, at) => (layer === newLayers[at] ? [] : [at + 1])).join(', ')
    if (id !== newId) wrong.push(`${name} differs in ${differ === '' ? 'its settings' : `layers ${differ}`}`)
  }
  return wrong
}
