import { releaseShard, settleScan, unheardClaims } from '@assayer/schema/store'
import type { AttemptKey, Sql } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'

/**
 * Gives back, uncounted, what a claim took whose reply was lost, so that it does not wait for its lease to end, which would
 * count as a loss. To be asked between claims alone: `running` must name all that this worker knows of.
 */
export async function giveBackUnheard(
  { sql, log, workerId }: { sql: Sql; log: Log; workerId: string },
  running: AttemptKey[],
): Promise<void> {
  for (const key of await unheardClaims(sql, workerId, running)) {
    await releaseShard(sql, key, { why: 'claim-unheard', counted: false, delayMs: 0, detail: {} })
    const { scanId, shardId, attempt } = key
    log.warn({ scanId, shardId, attempt }, 'claim was not heard of and given back')
    await settleScan(sql, key.workspaceId, scanId)
  }
}
