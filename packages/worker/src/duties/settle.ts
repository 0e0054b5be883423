import {
  cancelWaitingShards,
  endLateShards,
  findUnsettled,
  holdWaitingShards,
  queueHeldShards,
  settleScan,
} from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'

/**
 * Settles what a crash between two statements left behind: scans whose shards have all ended, cancels and
 * pauses not carried through; and ends scans whose deadline has passed.
 * Wrongly done it does nothing: settling a settled scan changes no row.
 */
export async function settleLeftOver(sql: Sql, onChange: (scanId: string) => void): Promise<void> {
  for (const { workspaceId, scanId } of await endLateShards(sql)) {
    if ((await settleScan(sql, workspaceId, scanId)) !== null) onChange(scanId)
  }
  for (const { workspaceId, scanId, cancel, pause } of await findUnsettled(sql)) {
    if (cancel) await cancelWaitingShards(sql, workspaceId, scanId)
    else if (pause) await holdWaitingShards(sql, workspaceId, scanId)
    else await queueHeldShards(sql, workspaceId, scanId)
    if ((await settleScan(sql, workspaceId, scanId)) !== null) onChange(scanId)
  }
}
