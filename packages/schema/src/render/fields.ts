import { idPrefixes } from '../index.ts'
import type { IdKind } from '../index.ts'
import * as v from 'valibot'

/** A schema that is a component of its own in the OpenAPI document. */
export const named = <const Schema extends v.GenericSchema>(name: string, schema: Schema) =>
  v.pipe(schema, v.title(name))

/** A time in an answer: RFC 3339 in UTC with milliseconds. */
export const Time = v.pipe(v.string(), v.isoTimestamp())

/** The id of a thing in an answer or a path. */
export const idOf = (kind: IdKind) =>
  v.pipe(v.string(), v.regex(new RegExp(`^${idPrefixes[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)))

/** A word of an open list: clients must live with values that are not known yet. */
export const openWord = (...known: string[]) =>
  v.pipe(v.string(), v.description(`Open list; known values: ${known.join(', ')}.`))

/** A count of things. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Why something ended as it did. */
export const ReasonShown = named(
  'Reason',
  v.object({
    code: openWord(
      ...['soft-limit', 'deadline', 'targets-unreachable', 'shards-dead', 'output-truncated', 'scanner-error', 'scope'],
    ),
    detail: v.nullable(v.string()),
  }),
)

/** Who made it. */
export const CreatedByShown = named(
  'CreatedBy',
  v.object({ kind: v.picklist(['key', 'trigger', 'schedule']), id: v.string() }),
)
