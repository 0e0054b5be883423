import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findExecutable } from '../local/find-executable.ts'
import { fromDebian } from '../local/from-debian.ts'
import { LocalError } from '../local/local-error.ts'
import type { Say } from '../local/say.ts'

/**
 * A PATH with bash, curl, jq and openssl: those that are there, else Debian's, unpacked into the cache and called by small scripts in
 * `folder`. Throws LocalError where one is not to be had.
 */
export async function shellPath(folder: string, options: { say: Say; env: NodeJS.ProcessEnv }): Promise<string> {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  for (const name of ['bash', 'curl', 'jq', 'openssl']) {
    if ((await findExecutable(name, options.env)) !== null) continue
    const program = { name, title: name, packages: [name], file: `usr/bin/${name}`, args: ['--version'] }
    const fetched = await fromDebian(program, options)
    if (fetched === null) throw new LocalError(`The examples need ${name}: install it (apt-get install ${name}).`)
    const script = `#!/bin/sh\nLD_LIBRARY_PATH='${fetched.libraries}' exec '${fetched.file}' "$@"\n`
    await writeFile(join(bin, name), script, { mode: 0o755 })
  }
  return `${bin}:${options.env['PATH'] ?? ''}`
}

/** The shell of a page's fenced blocks, in their order. */
export const shellOf = (markdown: string): string =>
  [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block).join('\n')

/** Runs a script by bash, which ends at the first command that fails. Standard output and error come back together. */
export async function runShell(
  script: string,
  options: { cwd: string; env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<{ code: number | null; said: string }> {
  const { cwd, env, timeoutMs: timeout } = options
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env,
    timeout,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-65_536)
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}
