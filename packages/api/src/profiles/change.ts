import { defaultProfile, LimitsPatch, Name, problem, TemplateSelectionPatch } from '@assayer/schema'
import type { TemplateSelection } from '@assayer/schema'
import type { ProfileChange, ProfileRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { limitsOver, withoutNulls } from './resolve.ts'

/** The body of `PATCH /v1/profiles/{id}`. */
export const ProfilePatch = v.pipe(
  v.strictObject({
    name: v.optional(Name),
    templates: v.optional(v.nullable(TemplateSelectionPatch)),
    limits: v.optional(v.nullable(LimitsPatch)),
  }),
  v.title('ProfilePatch'),
)
type ProfilePatch = v.InferOutput<typeof ProfilePatch>

/** What a profile is after a change (RFC 7396); refused when its limits contradict each other. */
export function mergeProfile(row: ProfileRow, patch: ProfilePatch): ProfileChange {
  const name = patch.name ?? row.name
  if (row.name === defaultProfile && name !== row.name) throw problem('profile-is-default')
  const templates = mergeTemplates(row.templates, patch.templates)
  const limits = patch.limits === null ? {} : withoutNulls({ ...row.limits, ...patch.limits })
  limitsOver(limits)
  return { name, templates, limits }
}

function mergeTemplates(
  selection: TemplateSelection | null,
  patch: ProfilePatch['templates'],
): TemplateSelection | null {
  if (patch === undefined) return selection
  if (patch === null) return null
  const { custom, ...lists } = { ...selection, ...patch }
  return {
    ids: lists.ids ?? [],
    tags: lists.tags ?? [],
    severities: lists.severities ?? [],
    protocols: lists.protocols ?? [],
    excludeIds: lists.excludeIds ?? [],
    excludeTags: lists.excludeTags ?? [],
    ...(custom ? { custom } : {}),
  }
}
