import { expect } from 'vitest'
import { newId } from '../src/id.ts'
import { claimShard, connect, ensureWorkspace } from '../src/store/index.ts'
import type { AttemptKey, ClaimedShard, NewFinding, Sql, Suspect } from '../src/store/index.ts'
import { asWorker } from './testing.ts'

/** A finding of that fingerprint, as a worker hands it over. */
export const newFinding = (n: number, change: Partial<NewFinding> = {}): NewFinding => ({
  id: newId(),
  fingerprint: n.toString(16).padStart(64, '0'),
  templateId: 'first',
  name: 'First',
  severity: 'high',
  type: 'http',
  matcherName: null,
  extractorName: null,
  target: 'https://h0.example.com',
  host: 'h0.example.com',
  port: 443,
  ip: '192.0.2.1',
  matchedAt: `https://h0.example.com/${n}`,
  extractedResults: [],
  detail: {},
  at: null,
  request: null,
  response: null,
  ...change,
})

export const newFindings = (...numbers: number[]): NewFinding[] => numbers.map((n) => newFinding(n))

/** A workspace of its own, so that a test's claims meet no other test's shards. */
export const freshWorkspace = (sql: Sql): Promise<string> => ensureWorkspace(sql, newId(), newId())

/** Ends whatever other tests left open, so that claims find only what this test ordered. */
export async function clearShards(sql: Sql): Promise<void> {
  await sql`delete from scans`
}

export async function claim(
  sql: Sql,
  worker: string = newId(),
  change: { alone?: boolean; leaseMs?: number } = {},
): Promise<ClaimedShard> {
  const shard = await claimShard(sql, asWorker(worker, change))
  if (!shard) throw new Error('nothing to claim')
  return shard
}

export async function claimAll(sql: Sql, n: number, worker?: string): Promise<ClaimedShard[]> {
  const claimed: ClaimedShard[] = []
  while (claimed.length < n) claimed.push(await claim(sql, worker))
  return claimed
}

/** The attempt as a reaper that looked long enough would name it. */
export async function suspect(sql: Sql, key: AttemptKey, expired = true): Promise<Suspect> {
  const [row] = await sql<{ sessionKey: string | null; lease: string }[]>`
    select session_key::text as "sessionKey", lease_until::text as lease from shards where id = ${key.shardId}`
  const { workspaceId, scanId, shardId, attempt } = key
  return {
    ...{ workspaceId, scanId, shardId, attempt },
    sessionKey: row?.sessionKey ?? null,
    lease: row?.lease ?? 'infinity',
    expired,
    orphaned: !expired,
  }
}

/** Makes a re-queued shard due at once. */
export const makeDue = (sql: Sql, key: AttemptKey) =>
  sql`update shards set due_at = now() - interval '1 hour', avoid_worker_id = null where id = ${key.shardId}`

export async function shardRow(sql: Sql, key: Pick<AttemptKey, 'shardId'>): Promise<Record<string, unknown>> {
  const [row] = await sql`select * from shards where id = ${key.shardId}`
  return { ...row }
}

/** Fingerprint number and decision of each of a scan's findings. */
export async function decisions(sql: Sql, scanId: string): Promise<[number, boolean | null][]> {
  const rows = await sql<{ fingerprint: Uint8Array; confirmed: boolean | null }[]>`
    select fingerprint, confirmed from findings where scan_id = ${scanId} order by fingerprint`
  return rows.map((row) => [Number.parseInt(Buffer.from(row.fingerprint).toString('hex'), 16), row.confirmed])
}

/** Waits until `n` statements of this database wait for a lock. */
export async function waitingForLocks(sql: Sql, n = 1): Promise<void> {
  const waiting = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    return row?.n
  }
  await expect.poll(waiting, { interval: 5, timeout: 10_000 }).toBe(n)
}

export type Held = { sql: Sql; commit(): Promise<void> }

/** A transaction of the test's own: what it locks stays locked until `commit`. */
export async function hold(url: string): Promise<Held> {
  const sql = connect(url, { name: 'hold', max: 1 })
  await sql.unsafe('begin')
  return {
    sql,
    async commit() {
      await sql.unsafe('commit')
      await sql.end()
    },
  }
}
