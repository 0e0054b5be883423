import { stillRuns, withEnvironment } from '../processes.ts'
import { pause } from '../supervise.ts'
import type { Member } from '../members.ts'
import { usageOf } from '../processes.ts'
import type { World } from '../world.ts'
import type { Check } from './database.ts'

/** No site got a request of a run after a later run had begun there. */
export const noOverlap: Check = async ({ sites }) => sites.overlaps()

/** What memory and descriptors may grow by, in bytes and in number. */
const margin = { memory: 96 * 2 ** 20, descriptors: 24 }

export type Usage = { pid: number; name: string; memory: number; descriptors: number }
const running = ({ apis, workers }: World): Member[] => [...apis, ...workers]

/** What APIs and workers use now. */
export const usage = (world: World): Usage[] =>
  running(world).flatMap((member) => {
    const pid = member.current()?.process.pid
    return pid === undefined ? [] : [{ pid, name: member.name, ...usageOf(pid) }]
  })

/** Processes that lived through it all use what they did before, within a margin. */
export function usageFlat(before: readonly Usage[], after: readonly Usage[]): string[] {
  return before.flatMap((was) => {
    const is = after.find(({ pid }) => pid === was.pid)
    if (is === undefined) return []
    const grown = { memory: is.memory - was.memory, descriptors: is.descriptors - was.descriptors }
    return [
      ...(grown.memory > margin.memory ? [`${was.name} grew by ${Math.round(grown.memory / 2 ** 20)} MiB`] : []),
      ...(grown.descriptors > margin.descriptors ? [`${was.name} holds ${grown.descriptors} descriptors more`] : []),
    ]
  })
}

/** After the world was stopped no process of it is left, within two seconds. */
export async function noneLeft({ seen, folder }: World): Promise<string[]> {
  const left = () => [
    ...new Map([...seen.filter(stillRuns), ...withEnvironment(folder)].map((one) => [one.pid, one])).values(),
  ]
  for (let look = 0; look < 20 && left().length > 0; look++) await pause(100)
  return left().map(({ pid, command }) => `process ${pid} is left: ${command}`)
}
