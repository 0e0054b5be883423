import { removeDeleted } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'

/**
 * Removes the rows of scans that were deleted, 5,000 at a time, so that no statement takes long. May run in several workers at
 * once; what one removes the others do not find.
 */
export async function removeDeletedScans(sql: Sql, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await removeDeleted(sql)) > 0);
}
