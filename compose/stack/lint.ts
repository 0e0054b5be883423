import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tryDocker } from '../images/docker.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** What the engine's own linter says of the Dockerfile, and which files are checked in although they must not be: secrets above all. */
export async function lint(signal: AbortSignal): Promise<string[]> {
  const dockerfile = join(root, 'compose/images/Dockerfile')
  const check = await tryDocker(['buildx', 'build', '--call=check', '--file', dockerfile, root], { signal })
  const listed = ['-C', root, 'ls-files', '--cached', '--ignored', '--exclude-standard']
  // Without a repository, as in an archive of it, nothing is checked in.
  const ignored = await run('git', listed, { signal, timeout: 20_000 }).catch((error: unknown) => {
    signal.throwIfAborted()
    if (error instanceof Error) return { stdout: '' }
    throw error
  })
  return [
    ...(check.code === 0 ? [] : [`the Dockerfile: ${check.stdout}${check.stderr}`]),
    ...(ignored.stdout === '' ? [] : [`checked in: ${ignored.stdout.trim().replaceAll('\n', ', ')}`]),
  ]
}
