import * as fc from 'fast-check'
import { newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  claimShard,
  endLateShards,
  findUnsettled,
  finishShard,
  holdWaitingShards,
  queueHeldShards,
  reapShards,
  recordFindings,
  releaseShard,
  renewLeases,
  requestCancel,
  requestPause,
  requestResume,
  settleScan,
  writeProgress,
} from '../src/store/index.ts'
import type { ClaimedShard, Sql } from '../src/store/index.ts'
import { newFindings, suspect } from './store-fixture.ts'
import { asWorker, endOf } from './testing.ts'

const weights = {
  ...{ claim: 8, settle: 3, due: 3, cancel: 1, cancelWaiting: 2, duty: 2, pause: 1, resume: 1, late: 1 },
  ...{ record: 6, finish: 2, release: 2, reap: 3, renew: 2, progress: 1 },
}
type Kind = keyof typeof weights

/** A step of one worker, API or duty; `pick` chooses the attempt or scan, the latest ones more often. */
export type Step = { kind: Kind; pick: number; numbers: number[]; flag: boolean }

export const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as Kind) })),
    ),
    pick: fc.nat({ max: 5 }),
    numbers: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
    flag: fc.boolean(),
  }),
  { minLength: 15, maxLength: 40, size: 'max' },
)

export type World = {
  sql: Sql
  workspaceId: string
  scans: string[]
  attempts: { key: ClaimedShard; worker: string }[]
  /** Attempts of which somebody was told that they ended: nothing they begin after that may succeed. */
  over: Set<string>
  /** `scan fingerprint` of each finding that was accepted. */
  accepted: Set<string>
  broken: unknown[]
}

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })
const nameOf = (key: { shardId: string; attempt: number }) => `${key.shardId} ${key.attempt}`

type OfWorld = (world: World, scanId: string) => Promise<unknown>

const ofWorld: Partial<Record<Kind, OfWorld>> = {
  async claim({ sql, attempts }) {
    const worker = newId()
    const key = await claimShard(sql, asWorker(worker))
    if (key) attempts.push({ key, worker })
  },
  settle: ({ sql, workspaceId }, scanId) => settleScan(sql, workspaceId, scanId),
  due: ({ sql }) => makeAllDue(sql),
  async cancel({ sql, workspaceId }, scanId) {
    await requestCancel(sql, workspaceId, scanId, audit())
    await cancelWaitingShards(sql, workspaceId, scanId)
  },
  cancelWaiting: ({ sql, workspaceId }, scanId) => cancelWaitingShards(sql, workspaceId, scanId),
  duty: ({ sql }) => carryOn(sql),
  async pause({ sql, workspaceId }, scanId) {
    await requestPause(sql, workspaceId, scanId, audit())
    await holdWaitingShards(sql, workspaceId, scanId)
  },
  async resume({ sql, workspaceId }, scanId) {
    await requestResume(sql, workspaceId, scanId, audit())
    await queueHeldShards(sql, workspaceId, scanId)
  },
  async late({ sql, scans }) {
    await sql`update scans set created_at = created_at - interval '2 minutes' where id = ${scans[0] ?? ''} and finished_at is null`
    for (const { workspaceId, scanId } of await endLateShards(sql)) await settleScan(sql, workspaceId, scanId)
  },
}

type OfAttempt = (world: World, step: Step, chosen: World['attempts'][number]) => Promise<boolean>

/** Each says whether the attempt's write went through. */
const ofAttempt: Partial<Record<Kind, OfAttempt>> = {
  async record({ sql, accepted }, step, { key }) {
    const numbers = step.numbers.map((n) => n + 100 * Number(/h(\d+)/.exec(key.hosts[0] ?? '')?.[1]))
    const fresh = await recordFindings(sql, key, newFindings(...numbers))
    if (fresh !== null) for (const n of numbers) accepted.add(`${key.scanId} ${n}`)
    return fresh !== null
  },
  finish: ({ sql }, step, { key }) => finishShard(sql, key, endOf(step.flag ? [Number(key.hosts[0]?.[1])] : [])),
  release: ({ sql }, step, { key }) =>
    releaseShard(sql, key, { why: 'model', counted: step.flag, delayMs: 0, detail: {} }),
  reap: async ({ sql }, step, { key }) => (await reapShards(sql, [await suspect(sql, key, step.flag)])).length > 0,
  renew: async ({ sql }, _, { key, worker }) =>
    (await renewLeases(sql, { id: worker, sessionKey: '5', leaseMs: 30_000 }, [key])).length > 0,
  progress: ({ sql }, step, { key }) =>
    writeProgress(sql, key, { percent: step.pick * 10, requests: 1, errors: 0, templatesLoaded: 1, unconfirmed: 1 }),
}
const ending = new Set<Kind>(['finish', 'release', 'reap'])

/** Takes one step against the real statements and holds its answer against what was known before it began. */
export async function take(world: World, step: Step): Promise<void> {
  await ofWorld[step.kind]?.(world, world.scans[step.pick % world.scans.length] ?? '')
  const chosen = world.attempts.at(-1 - (step.pick % Math.max(1, world.attempts.length)))
  const write = ofAttempt[step.kind]
  if (!chosen || !write) return
  const name = nameOf(chosen.key)
  const fenced = world.over.has(name)
  const succeeded = await write(world, step, chosen)
  if (fenced && succeeded) world.broken.push({ what: 'a fenced attempt was answered', step, name })
  if (succeeded && ending.has(step.kind)) world.over.add(name)
}

/** As time does. Whatever is locked just now is left alone, so that no deadlock comes from here. */
async function makeAllDue(sql: Sql): Promise<void> {
  await sql`
    update shards s set due_at = now(), avoid_worker_id = null
    from (select id from shards where state = 'queued' for update skip locked) waiting where waiting.id = s.id`
}

/** As the worker's duty does for what stopped half-way. */
async function carryOn(sql: Sql): Promise<void> {
  for (const { workspaceId, scanId, cancel, pause } of await findUnsettled(sql)) {
    if (cancel) await cancelWaitingShards(sql, workspaceId, scanId)
    else if (pause) await holdWaitingShards(sql, workspaceId, scanId)
    else await queueHeldShards(sql, workspaceId, scanId)
    await settleScan(sql, workspaceId, scanId)
  }
}

/** Carries all scans to their end as duties and workers do; gives up after twenty turns. */
export async function drain({ sql, workspaceId, scans }: World): Promise<void> {
  for (const scanId of scans) await requestResume(sql, workspaceId, scanId, audit())
  for (let turn = 0; turn < 20; turn++) {
    for (const scanId of scans) {
      await cancelWaitingShards(sql, workspaceId, scanId)
      await queueHeldShards(sql, workspaceId, scanId)
      await settleScan(sql, workspaceId, scanId)
    }
    if ((await sql`select from scans where finished_at is null limit 1`).length === 0) return
    await makeAllDue(sql)
    const running = await sql<{ key: ClaimedShard }[]>`
      select jsonb_build_object('workspaceId', workspace_id, 'scanId', scan_id, 'shardId', id, 'attempt', attempt) as key
      from shards where state = 'running'`
    for (const { key } of running) await reapShards(sql, [await suspect(sql, key)])
    for (let key = await claimShard(sql, asWorker(newId())); key; key = await claimShard(sql, asWorker(newId()))) {
      await finishShard(sql, key, endOf([]))
    }
  }
}
