import { formatId } from '@assayer/schema'
import type { KeyRow } from '@assayer/schema/store'
import { CreatedByShown, idOf, named, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import * as v from 'valibot'

const fields = {
  id: idOf('key'),
  name: v.string(),
  permissions: v.array(v.string()),
  createdBy: v.nullable(CreatedByShown),
  createdAt: Time,
  expiresAt: v.nullable(Time),
  lastUsedAt: v.nullable(Time),
}

/** A key without its secret, which only the answer that made it has. */
export const Key = named('Key', v.object(fields))
export type Key = v.InferOutput<typeof Key>

/** A key just made. The secret is null in an answer that is given again. */
export const KeyWithSecret = named('KeyWithSecret', v.object({ ...fields, secret: v.nullable(v.string()) }))

/** A key as answers show it. */
export const renderKey = (row: Omit<KeyRow, 'madeUntil'>): Key => ({
  id: formatId('key', row.id),
  name: row.name,
  permissions: row.permissions,
  createdBy: row.createdBy === null ? null : renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
  expiresAt: timeOf(row.expiresAt),
  lastUsedAt: timeOf(row.lastUsedAt),
})
