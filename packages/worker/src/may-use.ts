import { isOlder, version } from '@assayer/schema'
import { lowestVersion, missingTimeouts } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'

/** That this worker is older than its database allows; null when it is not. Asked at start and while it runs: a migration may ask for more. */
export async function tooOld(sql: Sql): Promise<string | null> {
  const lowest = await lowestVersion(sql)
  return lowest !== null && isOlder(version, lowest)
    ? `it asks for version ${lowest} or newer, this is ${version}`
    : null
}

/** Throws, with the reason for whoever starts the worker, where it is too old or its role lacks the time-outs that migrations set. */
export async function mayUse(sql: Sql): Promise<void> {
  const reason = await tooOld(sql)
  if (reason !== null) throw new Error(reason)
  const missing = await missingTimeouts(sql)
  if (missing.length > 0) throw new Error(`its role lacks ${missing.join(', ')}, which the migrations set for theirs`)
}
