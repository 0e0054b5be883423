import { cursorPattern } from '../request/cursor.ts'
import type { CursorKind } from '../request/cursor.ts'
import type { Operation, RequestHeader, Schema } from './operation.ts'

type Json = Record<string, unknown>

/** The parameters in a route's path. */
export const pathParameters = ({ path = {} }: Operation, convert: (schema: Schema) => Json): Json[] =>
  Object.entries(path).map(([name, schema]) => ({ name, in: 'path', required: true, schema: convert(schema) }))

/** A page's parameters, and the filters. One that may be repeated is a list. */
export function queryParameters({ list, query = {} }: Operation): Json[] {
  const filters = Object.entries(query).map(([name, { schema, most, about, required }]) => ({
    name,
    in: 'query',
    ...(required ? { required } : {}),
    description: about,
    schema: most === 1 ? schema : { type: 'array', items: schema, maxItems: most },
    ...(most === 1 ? {} : { style: 'form', explode: true }),
  }))
  return list === undefined ? filters : [...filters, ...page(list)]
}

const page = (list: CursorKind): Json[] => [
  {
    name: 'limit',
    in: 'query',
    description: 'How many at most.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'The `nextCursor` of the page before.',
    schema: { type: 'string', pattern: cursorPattern(list) },
  },
]

const header = (name: string, description: string, schema: Json): Json => ({ name, in: 'header', description, schema })

/** What a request may say in headers. */
export const requestHeaders: Record<RequestHeader, Json> = {
  'Idempotency-Key': header(
    'Idempotency-Key',
    'Makes it safe to send the request again within 24 h: the first answer comes back.',
    { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  ),
  'If-Match': header('If-Match', 'Change it only while it has this entity tag.', { type: 'string' }),
  'If-None-Match': header('If-None-Match', 'Answer 304 when it still has this entity tag.', { type: 'string' }),
  Prefer: header('Prefer', '`wait=60`: answer later, when there is something to say (RFC 7240).', { type: 'string' }),
  'Last-Event-ID': header('Last-Event-ID', 'The id of the last event that was read.', {
    type: 'string',
    pattern: '^([1-9][0-9]{0,17}|end)?$',
  }),
}
