import { docker, tryDocker } from '../images/docker.ts'
import type { Stack } from './stack.ts'

/** Runs `use` with a second weak site beside the stack's, as two scanners never look at one host; it is removed however that ends. */
export async function withSecondSite<Value>(
  { project, secondSite }: Stack,
  signal: AbortSignal,
  use: () => Promise<Value>,
): Promise<Value> {
  const name = `${project}-second-site`
  const { hostname } = new URL(secondSite)
  const place = ['--name', name, '--network', `${project}_targets`, '--ip', hostname]
  const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true', '--init']
  const limits = ['--memory', '96m', '--memory-swap', '96m', '--pids-limit', '64']
  try {
    await docker(['run', '--detach', ...place, ...hardened, ...limits, 'assayer/site:latest'], { signal })
    return await use()
  } finally {
    await tryDocker(['rm', '--force', '--volumes', name], { signal: AbortSignal.timeout(60_000) })
  }
}
