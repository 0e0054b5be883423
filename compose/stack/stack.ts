import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { docker, tryDocker } from '../images/docker.ts'
import type { DockerEnd } from '../images/docker.ts'
import { freePort } from '../local/free-port.ts'
import { runCommand } from '../local/run-command.ts'
import { writeSecrets } from './write-secrets.ts'

const file = fileURLToPath(new URL('../compose.yaml', import.meta.url))
const proxyFile = fileURLToPath(new URL('../compose.proxy.yaml', import.meta.url))

export type Stack = {
  project: string
  url: string
  key: string
  /** The folder of its secret files. */
  secrets: string
  /** The demo's weak site, as the worker reaches it, and where withSecondSite puts another. */
  site: string
  secondSite: string
  /** Aborts what is asked of the stack. */
  signal: AbortSignal
  /** Runs `docker compose` on this stack; variables replace its own for this call. Throws LocalError where it fails. */
  compose(args: readonly string[], env?: Record<string, string>): Promise<string>
  /** As compose, but returns how it ended. */
  tryCompose(args: readonly string[], env?: Record<string, string>): Promise<DockerEnd>
  /** The name of a service's only container. */
  name(service: string): string
  /** Node's own eye inside a container, where there is no shell. */
  node(service: string, script: string): Promise<DockerEnd>
  /** Runs a command of docs/operating.md as it stands there, on this stack's containers and port, in a folder of its own. */
  shell(command: string, env?: Record<string, string>): Promise<{ code: number | null; text: string }>
  /** Removes one of its networks, so that it can be made anew with other settings. */
  removeNetwork(name: string): Promise<void>
  /** Removes all of it, also after the signal aborted; what could not be removed, and how it can, else null. */
  down(): Promise<string | null>
}

/** A stack of its own from compose.yaml, with fresh secrets, the demo's site, the starter set and a free port; nothing is started yet. */
export async function makeStack(signal: AbortSignal): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-stack-'))
  const secrets = join(folder, 'secrets')
  await writeSecrets(secrets)
  const project = `assayer-${folder.slice(-6).toLowerCase()}`
  const port = await freePort()
  const net = `172.30.${randomInt(1, 255)}`
  const own = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    DOCKER_HOST: process.env['DOCKER_HOST'],
    SECRETS_DIR: secrets,
    API_PORT: String(port),
    TARGETS_SUBNET: `${net}.0/24`,
    SITE_ADDRESS: `${net}.80`,
    SCOPE_ALLOW: `${net}.80/31:8080`,
    TEMPLATES_DIR: '/app/templates/starter',
    RATE_LIMIT_PER_MINUTE: '0',
    COMPOSE_PROFILES: 'demo',
  }
  const whole = (args: readonly string[]) => ['compose', '-p', project, '-f', file, ...args]
  const run = (env: Record<string, string> = {}) => ({ signal, timeoutMs: 180_000, env: { ...own, ...env } })
  const name = (service: string) => `${project}-${service}-1`
  const url = `http://127.0.0.1:${port}`
  const key = await readFile(join(secrets, 'bootstrap_key'), 'utf8')
  return {
    ...{ project, url, key, secrets, signal },
    site: `http://${net}.80:8080`,
    secondSite: `http://${net}.81:8080`,
    compose: (args, env) => docker(whole(args), run(env)),
    tryCompose: (args, env) => tryDocker(whole(args), run(env)),
    name,
    node: (service, script) => tryDocker(['exec', name(service), '/nodejs/bin/node', '-e', script], run()),
    async shell(command, env) {
      const here = command
        .replaceAll('http://127.0.0.1:3000', url)
        .replaceAll(/\bassayer-(?=[a-z]+-\d)/g, `${project}-`)
      const aliases = `dc() { docker compose -f '${file}' "$@"; }; dcp() { dc -f '${proxyFile}' "$@"; }`
      const { code, log } = await runCommand({
        ...{ name: 'sh', file: 'sh', args: ['-euc', `${aliases}\n${here}`], cwd: folder, signal, timeoutMs: 180_000 },
        env: { ...own, COMPOSE_PROJECT_NAME: project, ASSAYER_KEY: key, ...env },
      })
      return { code, text: log }
    },
    removeNetwork: async (network) => void (await docker(['network', 'rm', `${project}_${network}`], run())),
    async down() {
      const calm = { ...run(), signal: new AbortController().signal, timeoutMs: 120_000 }
      const { code, stderr } = await tryDocker(whole(['down', '--volumes', '--remove-orphans', '--timeout', '5']), calm)
      await rm(folder, { recursive: true, force: true })
      return code === 0 ? null : `${stderr.trim()}\nLeft behind: docker compose -p ${project} down --volumes`
    },
  }
}
