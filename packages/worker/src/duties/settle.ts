import { cancelWaitingShards, findUnsettled, settleScan } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'

/**
 * Settles what a crash between two statements left behind: scans whose shards have all ended, cancels not carried through.
 * Wrongly done it does nothing: settling a settled scan changes no row.
 */
export async function settleLeftOver(sql: Sql, onChange: (scanId: string) => void): Promise<void> {
  for (const { workspaceId, scanId, cancel } of await findUnsettled(sql)) {
    if (cancel) await cancelWaitingShards(sql, workspaceId, scanId)
    if ((await settleScan(sql, workspaceId, scanId)) !== null) onChange(scanId)
  }
}
