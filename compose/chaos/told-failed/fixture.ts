import { newId } from '@assayer/schema'
import { claimShard, ensureWorkspace } from '@assayer/schema/store'
import type { AttemptKey, NewFinding, Sql } from '@assayer/schema/store'
import { asWorker, orderScan } from '../../../packages/schema/test/testing.ts'

/** What one run stands on: a workspace of its own in a database without other scans. */
export type Fixture = { sql: Sql; workspaceId: string }
/** How a store function is sent; what it needs is there. */
type Send = (sql: Sql) => Promise<unknown>
export type Run = {
  prepare(fixture: Fixture): Promise<Send>
  /** Which of its statements loses its reply; default the first. */
  statement?: number
  /** Where sending it again does more, as a second claim does: what is wrong afterwards. Default: the rows stay as they are. */
  afterwards?(fixture: Fixture): Promise<string[]>
}

export const actor = { kind: 'key', id: newId() } as const
export const audit = () => ({ id: newId(), actor, requestId: null })
/** An idempotency key as the API hands it over. */
export const idempotency = () => ({
  key: newId(),
  fingerprint: new Uint8Array(32),
  answer: { id: 'an answer' },
  location: '/there',
})

export async function emptyFixture(sql: Sql): Promise<Fixture> {
  await sql`delete from scans`
  return { sql, workspaceId: await ensureWorkspace(sql, newId(), newId()) }
}

export const order = ({ sql, workspaceId }: Fixture, shards = 1): Promise<string> => orderScan(sql, workspaceId, shards)

export type Claimed = { key: AttemptKey; worker: ReturnType<typeof asWorker> }

/** An order of one shard, claimed. */
export async function claimed(fixture: Fixture): Promise<Claimed> {
  await order(fixture)
  const worker = asWorker(newId())
  const shard = await claimShard(fixture.sql, worker)
  if (shard === null) throw new Error('nothing to claim')
  const { workspaceId, scanId, shardId, attempt } = shard
  return { key: { workspaceId, scanId, shardId, attempt }, worker }
}

export const finding = (n: number): NewFinding => ({
  ...{
    id: newId(),
    fingerprint: n.toString(16).padStart(64, '0'),
    templateId: 'first',
    name: 'First',
    severity: 'high',
  },
  ...{ type: 'http', matcherName: null, extractorName: null, target: null, host: null, port: null, ip: null },
  ...{ matchedAt: null, extractedResults: [], detail: {}, at: null, request: 'GET /', response: null },
})
