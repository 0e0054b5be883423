import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pythonTools } from '../contract/python.ts'
import { tryDocker } from '../images/docker.ts'
import { LocalError } from '../local/local-error.ts'
import { runCommand } from '../local/run-command.ts'
import type { Step, Trial } from './step.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dockerfile = join(root, 'compose/images/Dockerfile')
const checkovSet = { requirements: fileURLToPath(new URL('checkov.txt', import.meta.url)), title: 'checkov' }
const run = promisify(execFile)

/** What the engine's own linter and checkov say of the Dockerfile, and which files are checked in although they must not be: secrets above all. */
export const linted: Step = {
  name: 'nothing is to be said against the Dockerfile and what is checked in',
  async run(_, trial) {
    const { signal } = trial
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
      ...(await checkov(trial)),
    ]
  },
}

/** Its checks of a Dockerfile; where it cannot be installed, that is said and nothing is wrong. */
async function checkov({ say, signal }: Trial): Promise<string[]> {
  let found
  try {
    found = (await pythonTools({ say, signal, env: process.env }, checkovSet))('checkov')
  } catch (error) {
    if (!(error instanceof LocalError)) throw error
    say.line(`checkov was not asked: ${error.message.split('\n')[0]}`)
    return []
  }
  const quiet = ['--compact', '--quiet', '--skip-download']
  const args = ['--framework', 'dockerfile', '--file', dockerfile, ...quiet]
  const { file, env } = found
  const { code, log } = await runCommand({
    ...{ name: 'checkov', file, args, env, cwd: dirname(dockerfile), signal, timeoutMs: 120_000 },
  })
  return code === 0 ? [] : [`checkov: ${log.trim()}`]
}
