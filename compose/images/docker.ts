import { execFile } from 'node:child_process'
import { LocalError } from '../local/local-error.ts'

export type DockerRun = { signal: AbortSignal; timeoutMs?: number; env?: NodeJS.ProcessEnv }
export type DockerEnd = { code: number; stdout: string; stderr: string }

const maxBytes = 16 * 1024 * 1024

/** Runs the docker client to its end, killed after `timeoutMs` (60 s). Rejects when aborted or where there is no client. */
export async function tryDocker(
  args: readonly string[],
  { signal, timeoutMs = 60_000, env = process.env }: DockerRun,
): Promise<DockerEnd> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<DockerEnd>()
  const options = { signal, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxBytes, env } as const
  execFile('docker', [...args], options, (error, stdout, stderr) => {
    if (error === null) resolve({ code: 0, stdout, stderr })
    else if (error.code === 'ENOENT') reject(new LocalError('There is no docker client on PATH.'))
    else if (signal.aborted) reject(error)
    else resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout, stderr: stderr || error.message })
  })
  return promise
}

/** As tryDocker, but what it printed, and a LocalError with its last lines where it failed. */
export async function docker(args: readonly string[], run: DockerRun): Promise<string> {
  const { code, stdout, stderr } = await tryDocker(args, run)
  if (code === 0) return stdout
  const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n')
  throw new LocalError(`docker ${args.slice(0, 4).join(' ')} failed (${code}):\n${last}`)
}

/** The engine's version, or null where none answers. */
export async function engineVersion(signal: AbortSignal): Promise<string | null> {
  try {
    const { code, stdout } = await tryDocker(['version', '--format', '{{.Server.Version}}'], {
      signal,
      timeoutMs: 10_000,
    })
    return code === 0 ? stdout.trim() : null
  } catch (error) {
    if (error instanceof LocalError) return null
    throw error
  }
}
