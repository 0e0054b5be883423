import { formatId, Limits } from '@assayer/schema'
import type { ProfileRow } from '@assayer/schema/store'
import {
  CreatedByShown,
  idOf,
  named,
  renderCreatedBy,
  renderSelection,
  SelectionShown,
  Time,
  timeOf,
} from '@assayer/schema/render'
import * as v from 'valibot'

const LimitsSet = named('ProfileLimits', v.partial(Limits))

/** A named selection with limits. */
export const ProfileShown = named(
  'Profile',
  v.object({
    id: idOf('profile'),
    name: v.string(),
    templates: v.pipe(v.nullable(SelectionShown), v.description('Null: the built-in selection.')),
    limits: LimitsSet,
    createdBy: v.nullable(CreatedByShown),
    createdAt: Time,
  }),
)

/** A profile as answers show it. */
export const renderProfile = (row: ProfileRow): v.InferOutput<typeof ProfileShown> => ({
  id: formatId('profile', row.id),
  name: row.name,
  templates: row.templates && renderSelection(row.templates),
  limits: row.limits,
  createdBy: row.createdBy && renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
})
