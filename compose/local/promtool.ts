import { findExecutable } from './find-executable.ts'
import { fromDebian } from './from-debian.ts'
import { silent } from './say.ts'

/** Prometheus's own checker of metrics: from PATH, else from Debian's package. Null where there is neither. */
export async function findPromtool(env: NodeJS.ProcessEnv): Promise<string | null> {
  const there = await findExecutable('promtool', env)
  if (there !== null) return there
  const program = {
    name: 'promtool',
    title: 'promtool',
    packages: ['prometheus'],
    file: 'usr/bin/promtool',
    args: ['--version'],
  }
  return (await fromDebian(program, { say: silent, env }))?.file ?? null
}
