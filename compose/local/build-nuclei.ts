import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from './find-executable.ts'
import { isAtLeast } from './nuclei-version.ts'
import { lastLines } from './own-process.ts'
import { pickEnv } from './pick-env.ts'
import { runCommand } from './run-command.ts'

type Built = { kind: 'built' } | { kind: 'no-go'; why: string } | { kind: 'failed'; why: string }
type BuildOptions = {
  env: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
  /** Told what go does: the module it fetches, the package it compiles. */
  detail: (text: string) => void
}

const GO_FLOOR = '1.26'
const MODULE = 'github.com/projectdiscovery/nuclei/v3/cmd/nuclei'
const SOURCE = join(import.meta.dirname, 'nuclei-build')
const BUILD_MS = 40 * 60 * 1000

/**
 * Builds Nuclei into the file `out` with the machine's Go and the pinned go.mod and go.sum: about six minutes with cold
 * caches on two cores, 2 GB of memory and 3 GB of disk; at most 40 minutes.
 */
export async function buildNuclei(out: string, { env, signal, detail }: BuildOptions): Promise<Built> {
  const go = await findExecutable('go', env)
  if (go === null) return { kind: 'no-go', why: 'Go is not on PATH' }
  const folder = await mkdtemp(join(tmpdir(), 'assayer-go-'))
  // GOOS, GOARCH and the like stay outside: the binary is for this machine.
  const goEnv = {
    ...pickEnv(
      env,
      /^(PATH|HOME|TMPDIR|XDG_\w+|SSL_CERT_\w+|GO(ROOT|PATH|CACHE|MODCACHE|TMPDIR|PROXY|NOPROXY|PRIVATE|SUMDB|NOSUMDB|AUTH|INSECURE|ENV))$/,
    ),
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOFLAGS: '',
  }
  const run = (args: readonly string[], timeoutMs: number, onLine?: (line: string) => void) =>
    runCommand({ name: 'go', file: go, args, env: goEnv, cwd: folder, timeoutMs, signal, ...(onLine && { onLine }) })
  try {
    const said = (await run(['version'], 20_000)).log
    const version = /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(said)?.[1] ?? 'unknown'
    if (!isAtLeast(version, GO_FLOOR)) return { kind: 'no-go', why: `Go on PATH is ${version}` }
    for (const name of ['go.mod', 'go.sum']) await copyFile(join(SOURCE, name), join(folder, name))
    const flags = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-v', '-ldflags', '-s -w']
    const result = await run(['build', ...flags, '-o', out, MODULE], BUILD_MS, detail)
    if (result.code === 0) return { kind: 'built' }
    const why = result.timedOut ? 'it was not done after 40 minutes' : lastLines(result.log) || 'go build failed'
    return { kind: 'failed', why }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
