import { formatId } from '@assayer/schema'
import type { TargetRow } from '@assayer/schema/store'
import { CreatedByShown, idOf, named, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import * as v from 'valibot'

/** A target that a workspace keeps. */
export const TargetShown = named(
  'Target',
  v.object({
    id: idOf('target'),
    name: v.string(),
    address: v.string(),
    labels: v.record(v.string(), v.string()),
    createdBy: CreatedByShown,
    createdAt: Time,
  }),
)

/** A kept target as answers show it. */
export const renderTarget = (row: TargetRow): v.InferOutput<typeof TargetShown> => ({
  id: formatId('target', row.id),
  name: row.name,
  address: row.address,
  labels: row.labels,
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
})
