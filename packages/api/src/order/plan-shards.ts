import { newId } from '@assayer/schema'
import type { SelectedTemplate, ShardPlan, TemplateOrigin } from '@assayer/schema/store'
import { partsFor, splitTemplates, sumRequests } from './split-templates.ts'

type TemplateSet = { origin: TemplateOrigin; ids: string[]; requests: number; digests?: string[] }
export type Plan = { templateSets: TemplateSet[]; shards: ShardPlan[] }
export type PlanInput = {
  /** The host of each target, in order. */
  hosts: readonly string[]
  templates: readonly SelectedTemplate[]
  requestsPerSecond: number
  /** Most targets of a shard; a host that has more stays whole. */
  shardSize: number
}

/** A shard is expected to run ten minutes at most. */
export const longestSeconds = 600
/** An order that would need more shards is not planned, nor one with more targets summed over its shards. */
export const mostShards = 20_000
const mostShardTargets = 300_000

/**
 * Cuts an order into shards. Signed, starter and custom templates never share one. Hosts fill a shard, in their order and each
 * whole, until the next would bring its expected run (requests / rate) over ten minutes or it over `shardSize` targets. A
 * host that alone takes longer gets shards of its own, one for each of consecutive sets of the templates. Null when there
 * would be more of them than one statement can store.
 */
export function planShards(input: PlanInput): Plan | null {
  const plan: Plan = { templateSets: [], shards: [] }
  let shardTargets = 0
  const targetsOf = Map.groupBy(input.hosts.keys(), (target) => input.hosts[target] ?? '')
  for (const origin of ['signed', 'starter', 'custom'] as const) {
    const templates = input.templates.filter((template) => template.origin === origin)
    if (templates.length === 0) continue
    const setsFor = setMaker(plan, origin, templates)
    for (const { hosts, parts } of groupHosts(targetsOf, sumRequests(templates), input)) {
      const sets = setsFor(parts)
      const targets = hosts.flatMap((host) => targetsOf.get(host) ?? [])
      shardTargets += sets.length * targets.length
      if (plan.shards.length + sets.length > mostShards || shardTargets > mostShardTargets) return null
      for (const templateSet of sets) plan.shards.push({ id: newId(), hosts, templateSet, targets })
    }
  }
  return plan
}

type HostGroup = { hosts: string[]; parts: number }

/** Which hosts go together, and into how many parts the templates are split for them. */
function groupHosts(
  targetsOf: ReadonlyMap<string, readonly number[]>,
  requests: number,
  { requestsPerSecond, shardSize }: PlanInput,
): HostGroup[] {
  const groups: HostGroup[] = []
  const most = Math.min(shardSize, Math.floor((longestSeconds * requestsPerSecond) / requests))
  let open: { hosts: string[]; filled: number } | null = null
  for (const [host, { length }] of targetsOf) {
    const seconds = (length * requests) / requestsPerSecond
    if (seconds > longestSeconds) {
      groups.push({ hosts: [host], parts: partsFor(seconds / longestSeconds) })
    } else if (open && open.filled + length <= most) {
      open.hosts.push(host)
      open.filled += length
    } else {
      open = { hosts: [host], filled: length }
      groups.push({ hosts: open.hosts, parts: 1 })
    }
  }
  return groups
}

/** Adds the sets of a split to the plan when it is first asked for, and says their numbers. */
function setMaker(plan: Plan, origin: TemplateOrigin, templates: readonly SelectedTemplate[]) {
  const made = new Map<number, number[]>()
  return (parts: number): number[] => {
    const known = made.get(parts)
    if (known) return known
    const numbers = splitTemplates(templates, parts).map((slice) => {
      const set = { origin, ids: slice.map(({ id }) => id), requests: sumRequests(slice) }
      const digests = slice.flatMap(({ digest = [] }) => digest)
      return plan.templateSets.push(origin === 'custom' ? { ...set, digests } : set) - 1
    })
    made.set(parts, numbers)
    return numbers
  }
}
