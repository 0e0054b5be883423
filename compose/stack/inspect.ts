import * as v from 'valibot'
import { docker } from '../images/docker.ts'
import type { Stack } from './stack.ts'

const Inspected = v.array(
  v.object({
    Name: v.string(),
    Config: v.object({ User: v.string(), Labels: v.record(v.string(), v.string()) }),
    HostConfig: v.object({
      CapDrop: v.nullable(v.array(v.string())),
      CapAdd: v.nullable(v.array(v.string())),
      Privileged: v.boolean(),
      ReadonlyRootfs: v.boolean(),
      SecurityOpt: v.nullable(v.array(v.string())),
      Memory: v.number(),
      MemorySwap: v.number(),
      PidsLimit: v.nullable(v.number()),
      LogConfig: v.object({ Config: v.nullable(v.record(v.string(), v.string())) }),
    }),
    Mounts: v.array(v.object({ Type: v.string(), Destination: v.string(), RW: v.boolean() })),
    NetworkSettings: v.object({
      Networks: v.record(v.string(), v.unknown()),
      Ports: v.record(v.string(), v.nullable(v.array(v.object({ HostIp: v.string(), HostPort: v.string() })))),
    }),
  }),
)

/** Who sits in which network, by compose.yaml. */
const networks: Record<string, string[]> = {
  postgres: ['data'],
  redis: ['data'],
  schema: ['data'],
  templates: ['targets'],
  api: ['data', 'front'],
  worker: ['data', 'targets'],
  site: ['targets'],
}
/** What of the host or of a volume may be written. */
const written: Record<string, string[]> = { postgres: ['/var/lib/postgresql'], templates: ['/templates'] }
/** Ceilings in MiB: the reference's, where it has one. */
const ceilings: Record<string, number> = { postgres: 512, redis: 256, api: 1024, worker: 1536 }

/** What in the containers of a running stack is not as it must be: user, capabilities, file system, limits, networks, ports. */
export async function inspectStack(stack: Stack, signal: AbortSignal): Promise<string[]> {
  const ids = (await stack.compose(['ps', '--all', '--quiet'])).trim().split('\n')
  const containers = v.parse(Inspected, JSON.parse(await docker(['inspect', ...ids], { signal })))
  const services = containers.map(({ Config }) => Config.Labels['com.docker.compose.service'] ?? '')
  const wrong: string[] = []
  const missing = Object.keys(networks).filter((service) => !services.includes(service))
  if (missing.length > 0) wrong.push(`no container of ${missing.join(', ')}`)
  for (const [n, { Config, HostConfig: host, Mounts, NetworkSettings }] of containers.entries()) {
    const service = services[n] ?? ''
    const say = (what: string) => void wrong.push(`${service}: ${what}`)
    if (!/^[1-9]\d*(:[1-9]\d*)?$/.test(Config.User)) say(`runs as ${Config.User || 'root'}`)
    if (host.Privileged || host.CapAdd?.length || !host.CapDrop?.includes('ALL')) say('has capabilities')
    if (!host.SecurityOpt?.some((option) => option.startsWith('no-new-privileges'))) say('may gain privileges')
    if (!host.ReadonlyRootfs) say('has a root file system that can be written')
    if (host.Memory <= 0 || host.Memory > (ceilings[service] ?? 512) * 1024 ** 2) say(`memory limit ${host.Memory}`)
    if (host.MemorySwap !== host.Memory) say(`swap beside its memory: ${host.MemorySwap - host.Memory}`)
    if (!(host.PidsLimit !== null && host.PidsLimit > 0)) say('no limit of processes')
    if (host.LogConfig.Config?.['max-size'] === undefined) say('a log without an end')
    const open = Mounts.filter(({ RW, Type }) => RW && Type !== 'tmpfs').map(({ Destination }) => Destination)
    if (String(open) !== String(written[service] ?? [])) say(`may write ${open.join(', ') || 'nothing'}`)
    const joined = Object.keys(NetworkSettings.Networks).map((name) => name.slice(stack.project.length + 1))
    if (String(joined.toSorted()) !== String(networks[service])) say(`is in networks ${joined.join(', ')}`)
    const published = Object.values(NetworkSettings.Ports).flatMap((ports) => ports ?? [])
    if (published.some(({ HostIp }) => HostIp !== '127.0.0.1')) say('publishes a port beyond loopback')
    if (published.length > 0 !== (service === 'api')) say(`publishes ${published.length} ports`)
  }
  return [...wrong, ...(await inside(stack))]
}

/** The same as the processes themselves see it. */
async function inside({ node, site }: Stack): Promise<string[]> {
  const wrong: string[] = []
  for (const service of ['api', 'worker']) {
    const seen = await node(
      service,
      `const fs = require('node:fs'); const status = fs.readFileSync('/proc/self/status', 'utf8')
      const tries = ['/x', '/app/x', '/nodejs/bin/x'].filter((path) => { try { fs.writeFileSync(path, ''); return true } catch (e) { return e.code !== 'EROFS' } })
      const shells = ['/bin/sh', '/bin/bash', '/busybox/sh', '/usr/bin/apt', '/usr/bin/dpkg'].filter((path) => fs.existsSync(path))
      console.log(JSON.stringify([process.getuid(), /CapEff:\\s*0+$/m.test(status), /NoNewPrivs:\\s*1/.test(status), tries, shells]))`,
    )
    if (seen.stdout.trim() !== '[65532,true,true,[],[]]') wrong.push(`${service} sees ${seen.stdout}${seen.stderr}`)
  }
  const { hostname, port } = new URL(site)
  const reach = `require('node:net').connect(${port}, '${hostname}').on('connect', () => process.exit(0))
    .on('error', () => process.exit(1)).setTimeout(2000, () => process.exit(1))`
  if ((await node('api', reach)).code !== 1) wrong.push('the API reaches a target')
  if ((await node('worker', reach)).code !== 0) wrong.push('the worker does not reach its target')
  return wrong
}
