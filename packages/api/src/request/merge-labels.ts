import { Labels } from '@assayer/schema'
import * as v from 'valibot'
import { validate } from './validate.ts'

/** The `labels` of a change: one by one, null takes one away; null in place of them takes all. */
export const LabelsPatch = v.optional(v.nullable(v.record(v.string(), v.nullable(v.string()))))

const Merged = v.object({ labels: Labels })

/** What labels are after a change (RFC 7396); refused when they are not labels. */
export function mergeLabels(
  labels: Readonly<Record<string, string>>,
  patch: v.InferOutput<typeof LabelsPatch>,
): Record<string, string> {
  const entries = new Map(patch === null ? [] : Object.entries(labels))
  for (const [key, value] of Object.entries(patch ?? {})) {
    if (value === null) entries.delete(key)
    else entries.set(key, value)
  }
  return validate(Merged, { labels: Object.fromEntries(entries) }).labels
}

export const sameLabels = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value)
