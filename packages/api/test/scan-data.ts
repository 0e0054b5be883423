import { newId } from '@assayer/schema'
import { claimShard, recordFindings } from '@assayer/schema/store'
import type { ClaimedShard, NewFinding } from '@assayer/schema/store'
import { asWorker } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'

/** A finding as the worker writes it; `n` makes it another one. */
export const finding = (n: number, change: Partial<NewFinding> = {}): NewFinding => ({
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

/** Claims the next shard as a worker would; throws when none is due. */
export async function claim({ sql }: TestDatabase): Promise<ClaimedShard> {
  const shard = await claimShard(sql, asWorker(newId()))
  if (shard === null) throw new Error('no shard is due')
  return shard
}

/** Writes findings numbered from `from` to `to` for an attempt. */
export async function record(db: TestDatabase, shard: ClaimedShard, from: number, to: number): Promise<void> {
  const batch = Array.from({ length: to - from + 1 }, (_, at) => finding(from + at))
  if ((await recordFindings(db.sql, shard, batch)) === null) throw new Error('fenced')
}
