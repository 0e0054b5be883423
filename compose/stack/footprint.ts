import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { perSecond } from '../bench/load/load.ts'
import { docker } from '../images/docker.ts'
import { loadLists, memoryOf, watchMemory } from './memory.ts'
import { order, outcome, slow } from './order.ts'
import type { Stack } from './stack.ts'
import type { BuildTimes } from './time-builds.ts'

/** `builds`: with them the sizes and the long load are measured too, and docs/footprint.md is written. */
type Measure = { healthy: number; builds: BuildTimes | null; engine: string; signal: AbortSignal }
const images = ['assayer/api:latest', 'assayer/worker:latest', 'assayer/schema:latest']
const services = ['postgres', 'redis', 'api', 'worker']
const report = fileURLToPath(new URL('../../docs/footprint.md', import.meta.url))
const mb = (bytes: number) => (bytes / 1e6).toFixed(0)
const mib = (...all: number[]) => `${all.map((one) => one.toFixed(0)).join(', ')} MiB`

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

/** Measures the stack, prints the table and with `builds` puts it into docs/footprint.md; only memory that grows is wrong. */
export async function measureStack(stack: Stack, { healthy, builds, engine, signal }: Measure): Promise<string[]> {
  const idle = await memoryOf(stack, services, signal)
  // One: a second of the same host would only wait for it.
  const scan = await order(stack, slow)
  const list = loadLists(stack, 8)
  const busy: number[][] = []
  for (let n = 0; n < 3; n++) busy.push(await memoryOf(stack, services, signal))
  const rate = perSecond(await list)
  await outcome(stack, scan)
  const peak = services.map((_, n) => Math.max(...busy.map((one) => one[n] ?? 0)))
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
  const lines = [
    '| what | measured | the reference says | aim |',
    '| --- | --- | --- | --- |',
    ...(builds === null ? [] : [...buildRows(builds), ...(await sizeRows(signal))]),
    `| \`up --wait\`, images there, empty volume | ${healthy.toFixed(1)} s | 20 to 30 s | 3.5 s |`,
    ...services.map((service, n) => `| ${service}: idle, under load | ${mib(idle[n] ?? 0, peak[n] ?? 0)} | | |`),
    `| all four: idle, under load (a scan, 32 clients) | ${mib(sum(idle), sum(peak))} | 2 to 3 GB; its own code without containers 364 MB | 128, 1536 MiB |`,
    `| lists of scans a second, meanwhile | ${rate.toFixed(0)} | 50 to 80; measured 99 | |`,
  ]
  const watched = builds === null ? null : await watchMemory(stack, 100_000, signal)
  if (watched !== null)
    lines.push(
      `| lists of scans a second, nothing else running | ${watched.perSecond.toFixed(0)} | 50 to 80; measured 99 | 5,000 |`,
      `| api over ${watched.requests} lists: the most early on, the most at the end | ${mib(watched.early, watched.late)} | starts its processes anew after 1,000 each | flat |`,
    )
  console.log(lines.join('\n'))
  if (builds !== null) {
    const head = `# What the images and the stack take\n\nWritten by \`npx -y pnpm@12 stack --write\` on ${new Date().toISOString().slice(0, 10)}, Docker Engine ${engine}, two cores. Sizes are of \`docker save\`,\nmemory is what \`docker stats\` says, the load generator shares the machine. Base images may be local stand-ins for the upstream ones.\n\n`
    await writeFile(report, `${head}${lines.join('\n')}\n`)
  }
  return watched?.wrong ?? []
}

const buildRows = ({ anew, changed }: BuildTimes) => [
  `| all images from nothing, Nuclei and the registries' packages there | ${anew.toFixed(1)} s | | 120 s |`,
  `| all images after a change of their code | ${changed.toFixed(1)} s | | 8 s |`,
]

async function sizeRows(signal: AbortSignal): Promise<string[]> {
  const aims = ['132, 47 MB', '280, 95 MB', '45 MB', '290 MB']
  const sizes = await Promise.all([...images.map((one) => [one]), images].map((names) => saved(names, signal)))
  return sizes.map(({ plain, gzip }, n) => {
    const reference = n > 2 ? '' : '180 to 250 MB'
    return `| ${images[n] ?? 'all three, each layer once'} | ${mb(plain)} MB, gzipped ${mb(gzip)} MB | ${reference} | ${aims[n]} |`
  })
}
