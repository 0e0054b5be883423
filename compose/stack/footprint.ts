import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { load, perSecond } from '../bench/load/load.ts'
import { docker } from '../images/docker.ts'
import { order, outcome, slow } from './order.ts'
import type { Stack } from './stack.ts'

type Measure = { healthy: number; write: boolean; engine: string; signal: AbortSignal }
const images = ['assayer/api:latest', 'assayer/worker:latest', 'assayer/schema:latest']
const services = ['postgres', 'redis', 'api', 'worker']
const report = fileURLToPath(new URL('../../docs/footprint.md', import.meta.url))
const mb = (bytes: number) => (bytes / 1e6).toFixed(0)

/** Bytes of `docker save`, which has each layer once, and of the same gzipped. */
async function saved(names: string[], signal: AbortSignal): Promise<{ plain: number; gzip: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-saved-'))
  try {
    const file = join(folder, 'images.tar')
    await docker(['save', '--output', file, ...names], { signal, timeoutMs: 120_000 })
    let gzip = 0
    const counter = new PassThrough()
    counter.on('data', (chunk: Buffer) => (gzip += chunk.length))
    await pipeline(createReadStream(file), createGzip(), counter, { signal })
    return { plain: (await stat(file)).size, gzip }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Resident memory of each service in MiB, as `docker stats` counts it. */
async function memory(stack: Stack, signal: AbortSignal): Promise<number[]> {
  const names = services.map((service) => stack.name(service))
  const lines = (
    await docker(['stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}', ...names], { signal })
  ).split('\n')
  return names.map((name) => {
    const [, number = 'NaN', unit = ''] =
      /([\d.]+)(\w+) \//.exec(lines.find((line) => line.startsWith(`${name} `)) ?? '') ?? []
    return Number(number) * (unit === 'GiB' ? 1024 : unit === 'KiB' ? 1 / 1024 : 1)
  })
}

/** Measures images and stack, prints the table and with `write` puts it into docs/footprint.md. Nothing is asserted. */
export async function measureStack(stack: Stack, { healthy, write, engine, signal }: Measure): Promise<string[]> {
  const idle = await memory(stack, signal)
  const scans = await Promise.all([order(stack, slow), order(stack, slow)])
  const [, port = ''] = /:(\d+)$/.exec(stack.url) ?? []
  const list = load({
    ...{ port: Number(port), method: 'GET', path: '/v1/scans?limit=50', connections: 32, seconds: 8 },
    headers: { Authorization: `Bearer ${stack.key}` },
  })
  const busy: number[][] = []
  for (let n = 0; n < 3; n++) busy.push(await memory(stack, signal))
  const rate = perSecond(await list)
  for (const id of scans) await outcome(stack, id)
  const peak = services.map((_, n) => Math.max(...busy.map((one) => one[n] ?? 0)))
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
  const sizes = write
    ? await Promise.all([...images.map((one) => [one]), images].map((names) => saved(names, signal)))
    : []
  const lines = [
    '| what | measured | the reference says |',
    '| --- | --- | --- |',
    ...sizes.map(
      ({ plain, gzip }, n) =>
        `| ${images[n] ?? 'all three, each layer once'} | ${mb(plain)} MB, gzipped ${mb(gzip)} MB | ${n > 2 ? '' : '180 to 250 MB'} |`,
    ),
    `| \`up --wait\`, images there, empty volume | ${healthy.toFixed(1)} s | 20 to 30 s |`,
    ...services.map(
      (service, n) =>
        `| ${service}: idle, under load | ${(idle[n] ?? 0).toFixed(0)}, ${(peak[n] ?? 0).toFixed(0)} MiB | |`,
    ),
    `| all four: idle, under load (two scans, 32 clients) | ${sum(idle).toFixed(0)}, ${sum(peak).toFixed(0)} MiB | 2 to 3 GB; its own code without containers 364 MB |`,
    `| lists of scans a second, meanwhile | ${rate.toFixed(0)} | 50 to 80; measured 99 |`,
  ]
  console.log(lines.join('\n'))
  if (write) {
    const head = `# What the images and the stack take\n\nWritten by \`npx -y pnpm@12 stack --write\` on ${new Date().toISOString().slice(0, 10)}, Docker Engine ${engine}, two cores. Sizes are of \`docker save\`,\nmemory is what \`docker stats\` says, the load generator shares the machine. Base images may be local stand-ins for the upstream ones.\n\n`
    await writeFile(report, `${head}${lines.join('\n')}\n`)
  }
  return []
}
