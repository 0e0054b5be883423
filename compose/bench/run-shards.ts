import { newId } from '@assayer/schema'
import { claimShard, finishShard, recordFindings, settleScan, shardTargets } from '@assayer/schema/store'
import type { ClaimedShard, NewFinding, Sql } from '@assayer/schema/store'

/**
 * Runs what is queued through the worker's own statements, without a scanner: claim, targets, a batch of `findings`, finish,
 * settle, in `slots` at once until nothing is due. Returns how many shards ended.
 */
export async function runShards(sql: Sql, slots: number, findings: number): Promise<number> {
  let ended = 0
  const worker = { id: newId(), sessionKey: null, leaseMs: 60_000, alone: true }
  const slot = async () => {
    for (let shard = await claimShard(sql, worker); shard !== null; shard = await claimShard(sql, worker)) {
      await runOne(sql, shard, findings)
      ended++
    }
  }
  await Promise.all(Array.from({ length: slots }, slot))
  return ended
}

async function runOne(sql: Sql, shard: ClaimedShard, findings: number): Promise<void> {
  const targets = await shardTargets(sql, shard)
  if (findings > 0)
    await recordFindings(
      sql,
      shard,
      Array.from({ length: findings }, (_, n) => findingOf(shard, n)),
    )
  await settleScan(sql, shard.workspaceId, shard.scanId)
  await finishShard(sql, shard, {
    state: 'completed',
    reason: null,
    targets: targets.map(({ ordinal }) => ({ ordinal, coverage: 'covered', reason: null, evidence: {} })),
    requests: 200,
    errors: 0,
    templatesLoaded: 20,
    detail: {},
  })
  await settleScan(sql, shard.workspaceId, shard.scanId)
}

const severities = ['info', 'info', 'info', 'low', 'medium', 'high', 'critical', 'info', 'unknown', 'low']

function findingOf({ shardId, hosts }: ClaimedShard, n: number): NewFinding {
  const host = hosts[0] ?? '127.0.0.1'
  return {
    id: newId(),
    fingerprint: Buffer.from(`${shardId.replaceAll('-', '')}${String(n).padStart(32, '0')}`, 'hex').toString('hex'),
    templateId: `template-${n}`,
    name: `Finding number ${n}`,
    severity: severities[n % severities.length] ?? 'info',
    type: 'http',
    matcherName: null,
    extractorName: null,
    target: `http://${host}`,
    host,
    port: 80,
    ip: host,
    matchedAt: `http://${host}/path/${n}`,
    extractedResults: [],
    detail: { tags: ['exposure', 'config'], description: 'What a template says of what it found.' },
    at: null,
    request: null,
    response: null,
  }
}
