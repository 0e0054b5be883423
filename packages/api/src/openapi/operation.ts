import type { ProblemCode } from '@assayer/schema'
import type * as v from 'valibot'
import type { CursorKind } from '../request/cursor.ts'
import type { Filter } from '../request/filters.ts'

export type Schema = v.GenericSchema
export type Parameters = Record<
  string,
  { schema: Record<string, unknown>; most: number; about: string; required?: true }
>
export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match' | 'Prefer' | 'Last-Event-ID'
type ExportHeader = 'Assayer-Scan-State' | 'Assayer-Coverage' | 'Content-Disposition'
export type AnswerHeader = 'Location' | 'ETag' | 'Idempotency-Replayed' | 'Preference-Applied' | ExportHeader

/** One answer that is no problem: without `media` and `schema` it has no body. */
export type Described = {
  about: string
  schema?: Schema
  /** What it is written in, with an example of each; JSON when left out. */
  media?: Record<string, unknown>
  headers?: readonly AnswerHeader[]
}

/** What the OpenAPI document says of a route beyond what follows from the route table. */
export type Operation = {
  /** The operationId: a name for a function in any language. */
  id: string
  summary: string
  about?: string
  /** The schema of each parameter in the path. */
  path?: Record<string, Schema>
  query?: Parameters
  /** A list: `limit` and a cursor of this kind beside its filters. */
  list?: CursorKind
  headers?: readonly RequestHeader[]
  /** `optional`: may be left out. `patch`: a change (RFC 7396), which has a media type of its own. */
  body?: { schema: Schema; example: unknown; optional?: true; patch?: true }
  answers: Record<number, Described>
  /** Problems of its own; those that every such route has are added by rule. */
  problems?: readonly ProblemCode[]
  /** Operations that take the `id` of what this one answers, of a list the first one's. */
  links?: readonly string[]
}

/** The filters of a route as parameters; each needs a sentence. */
export const queryOf = <Filters extends Record<string, Filter<unknown>>>(
  filters: Filters,
  about: Record<keyof Filters, string>,
  required: readonly (keyof Filters)[] = [],
): Parameters =>
  Object.fromEntries(
    Object.entries(filters).map(([name, { schema, most }]) => [
      name,
      { schema, most, about: about[name] ?? '', ...(required.includes(name) ? { required: true as const } : {}) },
    ]),
  )
