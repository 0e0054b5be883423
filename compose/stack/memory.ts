import { load } from '../bench/load/load.ts'
import type { Load } from '../bench/load/generate.ts'
import { docker } from '../images/docker.ts'
import type { Stack } from './stack.ts'

/** Memory of each service in MiB, as `docker stats` counts it. */
export async function memoryOf(stack: Stack, services: readonly string[], signal: AbortSignal): Promise<number[]> {
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

/** Lists of scans, asked for by 32 clients for so many seconds. */
export async function loadLists(stack: Stack, seconds: number): Promise<Load> {
  return await load({
    ...{ port: Number(new URL(stack.url).port), method: 'GET', path: '/v1/scans?limit=50', connections: 32, seconds },
    headers: { Authorization: `Bearer ${stack.key}` },
  })
}

const step = { seconds: 5, most: 120 }
/** What the API may take more in the last third than in the second fifth: of 100,000 requests a leak of 200 bytes each takes more. */
const slackMiB = 12

export type Watched = { requests: number; perSecond: number; early: number; late: number; wrong: string[] }

/** The API's memory in MiB over so many lists of scans, or over ten minutes of them: the most early on, and the most at the end. */
export async function watchMemory(stack: Stack, requests: number, signal: AbortSignal): Promise<Watched> {
  const seen: { after: number; memory: number }[] = []
  for (let n = 0, after = 0; after < requests && n < step.most; n++) {
    after += (await loadLists(stack, step.seconds)).ok
    const [memory = Number.NaN] = await memoryOf(stack, ['api'], signal)
    seen.push({ after, memory })
  }
  const all = seen.at(-1)?.after ?? 0
  const most = (from: number, to: number) =>
    Math.max(...seen.filter(({ after }) => after >= from * all && after <= to * all).map(({ memory }) => memory))
  const [early, late] = [most(0.1, 0.4), most(0.67, 1)]
  const grew =
    late - early <= slackMiB ? [] : [`the API took ${early} MiB early on and ${late} MiB after ${all} requests`]
  const rate = all / (seen.length * step.seconds)
  return {
    requests: all,
    perSecond: rate,
    early,
    late,
    wrong: all >= requests ? grew : [...grew, `only ${all} requests were answered`],
  }
}
