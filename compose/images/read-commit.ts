import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The commit that is checked out, `-changed` behind it where a file differs, and its time in seconds since 1970, which counts as
 * when the images were made. Without a repository: `unknown` and 0.
 */
export async function readCommit(folder: string, signal: AbortSignal): Promise<{ revision: string; seconds: string }> {
  const git = async (...args: string[]) =>
    (await run('git', ['-C', folder, ...args], { signal, timeout: 20_000 })).stdout.trim()
  try {
    const [revision = '', seconds = ''] = (await git('log', '-1', '--format=%H %ct')).split(' ')
    const changed = (await git('status', '--porcelain')) !== ''
    return { revision: changed ? `${revision}-changed` : revision, seconds }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return { revision: 'unknown', seconds: '0' }
  }
}
