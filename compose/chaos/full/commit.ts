import { fileURLToPath } from 'node:url'
import { runCommand } from '../../local/run-command.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The commit that is played, with `+` where files differ from it; `unknown` outside a repository. */
export async function commitOf(): Promise<string> {
  const git = async (...args: string[]) =>
    await runCommand({
      name: 'git',
      file: 'git',
      args: ['-C', root, ...args],
      env: process.env,
      timeoutMs: 10_000,
    }).catch(() => ({ code: 1, log: '' }))
  const head = await git('rev-parse', '--short=12', 'HEAD')
  if (head.code !== 0) return 'unknown'
  const changed = await git('status', '--porcelain')
  return head.log.trim() + (changed.log.trim() === '' ? '' : '+')
}
