import { formatId } from '@assayer/schema'
import type { KeyRow } from '@assayer/schema/store'
import { renderCreatedBy, timeOf } from '@assayer/schema/render'

/** A key that may not be stored yet: then it has no time of creation. */
export type KeyToShow = Omit<KeyRow, 'createdAt'> & { createdAt: Date | null }

/** A key without its secret, which only the answer that made it has. */
export const renderKey = (row: KeyToShow) => ({
  id: formatId('key', row.id),
  name: row.name,
  permissions: row.permissions,
  createdBy: row.createdBy === null ? null : renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
  expiresAt: timeOf(row.expiresAt),
  lastUsedAt: timeOf(row.lastUsedAt),
})
