import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { version } from '@assayer/schema'
import { LocalError } from '../local/local-error.ts'
import { lastLines } from '../local/own-process.ts'
import { runCommand } from '../local/run-command.ts'
import { readCommit } from './read-commit.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What is built, each a stage of the Dockerfile; `site` is the demo's weak site. */
export const images = {
  schema: 'Assayer: migration job',
  api: 'Assayer: API',
  worker: 'Assayer: worker with Nuclei',
  site: 'Deliberately weak site for the demo of Assayer',
} as const
type ImageName = keyof typeof images

export type BuildOptions = {
  names?: readonly ImageName[]
  /** Another folder than this repository to build, and another tag than the version and `latest`. */
  context?: string
  tag?: string
  /** A folder that holds the binary `nuclei`, taken instead of the build from source. */
  nuclei?: string | undefined
  /** Whether to use no layer of an earlier build; the cache mounts are used. */
  anew?: boolean
  signal: AbortSignal
  onLine?: (line: string) => void
}

/**
 * Builds images side by side, each tagged with the version and `latest`; the same files and commit give the same ids. NODE_IMAGE,
 * GO_IMAGE, RUNTIME_IMAGE and PNPM_VERSION of `env` replace the Dockerfile's. Throws LocalError with the last lines of a build that failed.
 */
export async function buildImages(env: NodeJS.ProcessEnv, options: BuildOptions): Promise<void> {
  const { names = Object.keys(images) as ImageName[], context = root, tag, nuclei, anew = false } = options
  const { signal, onLine } = options
  const { revision, seconds } = await readCommit(root, signal)
  const given = ['NODE_IMAGE', 'GO_IMAGE', 'RUNTIME_IMAGE', 'PNPM_VERSION'].flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]]],
  )
  const targetOf = (name: ImageName) => ({
    context,
    dockerfile: join(context, 'compose/images/Dockerfile'),
    target: name,
    tags: (tag === undefined ? [version, 'latest'] : [tag]).map((one) => `assayer/${name}:${one}`),
    args: { ...Object.fromEntries(given), SOURCE_DATE_EPOCH: seconds },
    labels: {
      'org.opencontainers.image.title': images[name],
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.revision': revision,
    },
    ...(nuclei === undefined ? {} : { contexts: { nuclei } }),
  })
  const plan = {
    group: { default: { targets: names } },
    target: Object.fromEntries(names.map((name) => [name, targetOf(name)])),
  }
  const folder = await mkdtemp(join(tmpdir(), 'assayer-images-'))
  try {
    const file = join(folder, 'bake.json')
    await writeFile(file, JSON.stringify(plan))
    const reach = ['--allow', `fs.read=${context}`, ...(nuclei === undefined ? [] : ['--allow', `fs.read=${nuclei}`])]
    const result = await runCommand({
      name: 'docker',
      file: 'docker',
      args: ['buildx', 'bake', '--progress', 'plain', '--file', file, ...reach, ...(anew ? ['--no-cache'] : [])],
      env,
      cwd: root,
      timeoutMs: 60 * 60_000,
      signal,
      ...(onLine && { onLine }),
    })
    if (result.code !== 0) throw new LocalError(`The images could not be built:\n${lastLines(result.log)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
