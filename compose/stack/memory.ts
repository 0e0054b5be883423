import { load } from '../bench/load/load.ts'
import type { Load } from '../bench/load/generate.ts'
import { docker } from '../images/docker.ts'
import type { Stack } from './stack.ts'

export const services = ['postgres', 'redis', 'api', 'worker']

export const mib = (...all: number[]): string => `${all.map((one) => one.toFixed(0)).join(', ')} MiB`
export const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)

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

/** Lists of the newest scans, asked for by 32 clients for so many seconds. */
export async function loadLists(stack: Stack, { limit, seconds }: { limit: number; seconds: number }): Promise<Load> {
  const order = { method: 'GET', path: `/v1/scans?limit=${limit}`, connections: 32, seconds }
  const headers = { Authorization: `Bearer ${stack.key}` }
  return await load({ port: Number(new URL(stack.url).port), headers, ...order }, stack.signal)
}
