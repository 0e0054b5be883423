import * as v from 'valibot'
import { docker } from '../images/docker.ts'
import { NUCLEI_VERSION } from '../local/nuclei-version.ts'
import type { Stack } from './stack.ts'
import type { Step } from './step.ts'

const Inspected = v.array(
  v.object({
    State: v.object({ Running: v.boolean(), Health: v.optional(v.object({ Status: v.string() })) }),
    Config: v.object({
      User: v.string(),
      Labels: v.record(v.string(), v.string()),
      ExposedPorts: v.nullish(v.record(v.string(), v.unknown()), {}),
    }),
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

const Sbom = v.object({ components: v.array(v.object({ purl: v.string() })) })

/** Who sits in which network, by compose.yaml. */
const networks: Record<string, string[]> = {
  postgres: ['data'],
  redis: ['data'],
  schema: ['data'],
  templates: ['targets'],
  api: ['data', 'front'],
  worker: ['data', 'targets'],
  site: ['targets'],
  proxy: ['front'],
}
/** What of the host or of a volume may be written. */
const written: Record<string, string[]> = { postgres: ['/var/lib/postgresql'], templates: ['/templates'] }
/** What a container may listen on for others. */
const exposed: Record<string, string[]> = {
  postgres: ['5432/tcp'],
  redis: ['6379/tcp'],
  api: ['3000/tcp'],
  proxy: ['8080/tcp', '8443/tcp'],
}
/** The weak site's, of which none is exposed or published. */
const sitePorts = [8080, 2121, 8443]
/** Which service is reached from outside, and where. */
const doors = { api: '3000/tcp', proxy: '8443/tcp' }
/** Ceilings in MiB: the reference's, where it has one. */
const ceilings: Record<string, number> = { postgres: 512, redis: 256, api: 1024, worker: 1536 }

/** A running stack: its containers, what they hold and reach, and who is started. */
export const inspected: Step = {
  name: 'containers may do what they must and no more',
  async run(stack, { signal }) {
    const wrong = await inspectContainers(stack, 'api', signal)
    return [...wrong, ...(await profiles(stack)), ...(await inside(stack)), ...(await contents(stack))]
  },
}

/** What the engine says of the containers: user, capabilities, file system, limits, health, networks, ports; `door` alone publishes one. */
export async function inspectContainers(stack: Stack, door: 'api' | 'proxy', signal: AbortSignal): Promise<string[]> {
  const ids = (await stack.compose(['ps', '--all', '--quiet'])).trim().split('\n')
  const containers = v.parse(Inspected, JSON.parse(await docker(['inspect', ...ids], { signal })))
  const services = containers.map(({ Config }) => Config.Labels['com.docker.compose.service'] ?? '')
  const wrong: string[] = []
  const missing = Object.keys(networks).filter((one) => !services.includes(one) && (one !== 'proxy' || door === one))
  if (missing.length > 0) wrong.push(`no container of ${missing.join(', ')}`)
  for (const [n, { State, Config, HostConfig: host, Mounts, NetworkSettings }] of containers.entries()) {
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
    const writable = Mounts.filter(({ RW, Type }) => RW && Type !== 'tmpfs').map(({ Destination }) => Destination)
    if (String(writable) !== String(written[service] ?? [])) say(`may write ${writable.join(', ') || 'nothing'}`)
    const joined = Object.keys(NetworkSettings.Networks).map((name) => name.slice(stack.project.length + 1))
    if (String(joined.toSorted()) !== String(networks[service])) say(`is in networks ${joined.join(', ')}`)
    if (State.Running && State.Health?.Status !== 'healthy')
      say(`is ${State.Health?.Status ?? 'never asked how it is'}`)
    const open = Object.keys(Config.ExposedPorts).toSorted()
    if (String(open) !== String(exposed[service] ?? [])) say(`exposes ${open.join(', ') || 'nothing'}`)
    const published = Object.entries(NetworkSettings.Ports).filter(([, at]) => at !== null && at.length > 0)
    if (published.some(([, at]) => at?.some(({ HostIp }) => HostIp !== '127.0.0.1'))) say('publishes beyond loopback')
    const ports = published.map(([port]) => port)
    if (String(ports) !== (service === door ? doors[door] : '')) say(`publishes ${ports.join(', ') || 'nothing'}`)
  }
  return wrong
}

/** The weak site is there for who asks for it by name, and for nobody else. */
async function profiles(stack: Stack): Promise<string[]> {
  const services = async (profile: string) =>
    (await stack.compose(['config', '--services'], { COMPOSE_PROFILES: profile })).trim().split('\n')
  const [plain, demo] = [await services(''), await services('demo')]
  return plain.includes('site') || !demo.includes('site') ? [`without a profile there are ${plain.join(', ')}`] : []
}

/** The worker's image says what it is made of: the packages of its bundle, and the Go modules of Nuclei. */
async function contents({ node }: Stack): Promise<string[]> {
  const { stdout, stderr } = await node(
    'worker',
    `console.log(require('node:fs').readFileSync('/app/sbom.cdx.json', 'utf8'))`,
  )
  const parts = v.safeParse(v.pipe(v.string(), v.parseJson(), Sbom), stdout)
  if (!parts.success) return [`the worker's SBOM cannot be read: ${stderr || v.summarize(parts.issues)}`]
  const purls = parts.output.components.map(({ purl }) => purl)
  const needed = [
    `pkg:golang/github.com/projectdiscovery/nuclei/v3@v${NUCLEI_VERSION}`,
    'pkg:golang/stdlib@',
    'pkg:npm/postgres@',
  ]
  const missing = needed.filter((one) => !purls.some((purl) => purl.startsWith(one)))
  const modules = purls.filter((purl) => purl.startsWith('pkg:golang/')).length
  return [
    ...(missing.length === 0 ? [] : [`the worker's SBOM lacks ${missing.join(', ')}`]),
    ...(modules >= 200 ? [] : [`the worker's SBOM has ${modules} Go modules`]),
  ]
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
  const { hostname } = new URL(site)
  const reached = (ports: readonly number[]) => `Promise.all([${ports.join()}].map((port) => new Promise((tell) =>
    require('node:net').connect(port, '${hostname}').setTimeout(2000, () => tell([])).on('connect', () => tell([port])).on('error', () => tell([])))))
    .then((all) => { console.log(all.flat().join()); process.exit() })`
  for (const [service, wanted] of Object.entries({ api: '', worker: sitePorts.join() })) {
    const seen = (await node(service, reached(sitePorts))).stdout.trim()
    if (seen !== wanted) wrong.push(`${service} reaches ports ${seen || 'none'} of the weak site`)
  }
  return wrong
}
