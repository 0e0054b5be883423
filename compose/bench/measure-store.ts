import { newId } from '@assayer/schema'
import { acceptScan, connect, ensureWorkspace } from '@assayer/schema/store'
import type { Parts } from '../local/stack.ts'
import { orderOf } from './api-world.ts'
import type { Row } from './report.ts'
import { runShards } from './run-shards.ts'

const scans = 100
const shardsOfScan = 20
const slots = 8

/** What the worker's statements alone can do: claim, settle, finish and settle of shards without a scanner and without findings. */
export async function measureStore(parts: Parts): Promise<Row[]> {
  const sql = connect(parts.postgres.url, { name: 'bench', max: slots })
  try {
    const workspaceId = await ensureWorkspace(sql, 'bench-store', newId())
    for (let n = 0; n < scans; n++) await acceptScan(sql, workspaceId, orderOf(workspaceId, shardsOfScan))
    const since = performance.now()
    const ended = await runShards(sql, slots, 0)
    const rate = ended / ((performance.now() - since) / 1000)
    return [[`store statements alone, ${slots} slots`, `${Math.round(rate)} shards a second`, '>= 1,000']]
  } finally {
    await sql.end({ timeout: 1 })
  }
}
