import type { SelectedTemplate } from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { longestSeconds, mostShards, planShards } from './plan-shards.ts'
import type { Plan, PlanInput } from './plan-shards.ts'

const template = (id: string, requests = 1, origin: SelectedTemplate['origin'] = 'signed') => ({ id, requests, origin })
const hosts = (n: number) => Array.from({ length: n }, (_, at) => `h${at}`)
const plan = (change: Partial<PlanInput>): Plan => {
  const input = { hosts: ['a'], templates: [template('t')], requestsPerSecond: 50, shardSize: 25, ...change }
  const made = planShards(input)
  if (made === null) throw new Error('too many shards')
  return made
}
const targetsOf = (made: Plan) => made.shards.map(({ targets }) => targets)

test('a small order is one shard', () => {
  const made = plan({ hosts: ['a', 'b', 'a'] })
  expect(made.shards).toMatchObject([{ hosts: ['a', 'b'], templateSet: 0, targets: [0, 2, 1] }])
  expect(made.templateSets).toEqual([{ origin: 'signed', ids: ['t'], requests: 1 }])
})

test('shardSize bounds the targets of a shard, and a host with more stays whole', () => {
  expect(targetsOf(plan({ hosts: hosts(5), shardSize: 2 }))).toEqual([[0, 1], [2, 3], [4]])
  expect(targetsOf(plan({ hosts: ['a', 'b', 'b', 'b', 'c'], shardSize: 2 }))).toEqual([[0], [1, 2, 3], [4]])
})

test('a shard is filled until it would run over ten minutes', () => {
  // 100 requests a target at one a second: 6 targets are ten minutes.
  const made = plan({ hosts: hosts(14), templates: [template('t', 100)], requestsPerSecond: 1 })
  expect(made.shards.map(({ hosts }) => hosts.length)).toEqual([6, 6, 2])
})

test('a host that alone takes over ten minutes is split by consecutive templates, others are not', () => {
  const templates = ['a', 'b', 'c', 'd'].map((id) => template(id, 300))
  const made = plan({ hosts: ['big'], templates, requestsPerSecond: 1 })
  expect(made.templateSets.map(({ ids }) => ids)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  expect(made.shards.map(({ hosts, templateSet }) => [hosts, templateSet])).toEqual([
    [['big'], 0],
    [['big'], 1],
  ])
  const mixed = plan({
    hosts: ['big', 'big', 'small'],
    templates: [template('a', 200), template('b', 200)],
    requestsPerSecond: 1,
  })
  expect(mixed.shards.map(({ hosts, templateSet }) => [hosts, mixed.templateSets[templateSet]?.ids])).toEqual([
    [['big'], ['a']],
    [['big'], ['b']],
    [['small'], ['a', 'b']],
  ])
})

test('signed and starter templates never share a set', () => {
  const made = plan({ hosts: ['a'], templates: [template('s'), template('own', 1, 'starter')] })
  expect(made.templateSets.map(({ origin, ids }) => [origin, ids])).toEqual([
    ['signed', ['s']],
    ['starter', ['own']],
  ])
  expect(made.shards.map(({ templateSet }) => templateSet)).toEqual([0, 1])
})

test('custom templates have sets of their own, which name their texts in the order of their ids', () => {
  const own = (id: string) => ({ ...template(id, 300, 'custom'), digest: `sha256:${id}` })
  const made = plan({ hosts: ['a'], templates: [template('s'), own('x'), own('y')], requestsPerSecond: 1 })
  expect(made.templateSets).toEqual([
    { origin: 'signed', ids: ['s'], requests: 1 },
    { origin: 'custom', ids: ['x', 'y'], requests: 600, digests: ['sha256:x', 'sha256:y'] },
  ])
  const split = plan({ hosts: ['a'], templates: [own('x'), own('y'), own('z')], requestsPerSecond: 1 })
  expect(split.templateSets.map(({ digests }) => digests)).toEqual([['sha256:x'], ['sha256:y'], ['sha256:z']])
})

test('an order that would need too many shards is not planned, and not for long', () => {
  const templates = Array.from({ length: 5000 }, (_, n) => template(`t${n}`))
  const others = { templates, requestsPerSecond: 1, shardSize: 25 }
  expect(planShards({ ...others, hosts: hosts(10_000) })).toBeNull()
  expect(planShards({ ...others, hosts: hosts(10_000), templates: templates.slice(0, 2400) })).toBeNull()
  expect(planShards({ ...others, hosts: Array.from({ length: 10_000 }, () => 'one') })).toBeNull()
})

/** Numbers that repeat for a seed (mulberry32). */
function random(seed: number): (most: number) => number {
  return (most) => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most
  }
}

test.each(Array.from({ length: 200 }, (_, seed) => seed))('holds for any order (seed %i)', (seed) => {
  const upTo = random(seed)
  const targets = Array.from({ length: 1 + upTo(300) }, () => `h${upTo(1 + upTo(80))}`)
  const templates = Array.from({ length: 1 + upTo(60) }, (_, n) =>
    template(`t${n}`, 1 + upTo(1 + upTo(500)), upTo(3) === 0 ? 'starter' : 'signed'),
  )
  const requestsPerSecond = 1 + upTo(1 + upTo(1000))
  const shardSize = 1 + upTo(60)
  const made = plan({ hosts: targets, templates, requestsPerSecond, shardSize })
  expect(made.shards.length).toBeLessThanOrEqual(mostShards)
  const origins = new Map(templates.map(({ id, origin }) => [id, origin]))
  const requests = new Map(templates.map((one) => [one.id, one.requests]))
  const seen = new Map<string, number>()
  const shardsOf = new Map<string, Set<number>>()
  for (const [number, shard] of made.shards.entries()) {
    const set = made.templateSets[shard.templateSet]
    if (!set) throw new Error('a shard names no set')
    expect(set.requests).toBe(set.ids.reduce((n, id) => n + (requests.get(id) ?? 0), 0))
    expect(new Set(set.ids.map((id) => origins.get(id)))).toEqual(new Set([set.origin]))
    expect(new Set(shard.targets.map((at) => targets[at]))).toEqual(new Set(shard.hosts))
    for (const at of shard.targets)
      for (const id of set.ids) seen.set(`${at} ${id}`, (seen.get(`${at} ${id}`) ?? 0) + 1)
    for (const host of shard.hosts) {
      const key = `${host} ${set.origin}`
      shardsOf.set(key, (shardsOf.get(key) ?? new Set()).add(number))
    }
    const alone = shard.hosts.length === 1
    if (!alone) expect(shard.targets.length).toBeLessThanOrEqual(shardSize)
    const seconds = (shard.targets.length * set.requests) / requestsPerSecond
    if (!(alone && set.ids.length === 1)) expect(seconds).toBeLessThanOrEqual(longestSeconds + shard.targets.length)
  }
  // Each target meets each template exactly once.
  expect(seen.size).toBe(targets.length * templates.length)
  expect(Math.max(...seen.values())).toBe(1)
  // A host spans several shards of one origin only by disjoint templates: then these shards are its own.
  for (const numbers of shardsOf.values())
    if (numbers.size > 1) for (const number of numbers) expect(made.shards[number]?.hosts).toHaveLength(1)
})
