import { problem } from '@assayer/schema'
import type { ProblemError } from '@assayer/schema'
import { readCursor } from './cursor.ts'
import type { CursorKind } from './cursor.ts'
import { invalidInput } from './validate.ts'

/** A list's page: `before` is where the last one ended. */
export type Page = { limit: number; before: string | null }

type Filters = Record<string, readonly string[]>
type Chosen<Lists extends Filters> = { [Name in keyof Lists]: Lists[Name][number][] }

/**
 * The query of a list: `limit` 1..200 (50), `cursor`, and filters that take known values and may be repeated. Unknown
 * parameters and values are refused all together; a cursor that is not one of this list's is `malformed-request`.
 */
export function readListQuery<Lists extends Filters>(
  url: string,
  kind: CursorKind,
  filters: Lists,
): { page: Page; filters: Chosen<Lists> } {
  const query = readQuery(url)
  const errors = unknownNames(query, ['limit', 'cursor', ...Object.keys(filters)])
  for (const name of ['limit', 'cursor'])
    if (query.getAll(name).length > 1) errors.push(errorFor(name, 'repeated', 'give it once'))
  const limit = query.get('limit') ?? '50'
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > 200)
    errors.push(errorFor('limit', 'range', 'must be a whole number from 1 to 200'))
  for (const [name, values] of Object.entries(filters))
    if (!query.getAll(name).every((value) => values.includes(value)))
      errors.push(errorFor(name, 'one-of', `must be one of ${values.join(', ')}`))
  if (errors.length > 0) throw invalidInput(errors)
  const cursor = query.get('cursor')
  const before = cursor === null ? null : readCursor(kind, cursor)
  if (cursor !== null && before === null) {
    throw problem('malformed-request', { detail: 'The cursor is not one that this list gave' })
  }
  const chosen = Object.fromEntries(Object.keys(filters).map((name) => [name, [...new Set(query.getAll(name))]]))
  return { page: { limit: Number(limit), before }, filters: chosen as Chosen<Lists> }
}

/** Refuses any query on a route that takes none. */
export function refuseQuery(url: string): void {
  const errors = unknownNames(readQuery(url), [])
  if (errors.length > 0) throw invalidInput(errors)
}

function readQuery(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

const unknownNames = (query: URLSearchParams, known: readonly string[]): ProblemError[] =>
  [...new Set(query.keys())]
    .filter((name) => !known.includes(name))
    .map((name) => errorFor(name.slice(0, 100).toWellFormed(), 'unknown-parameter', 'there is no such parameter'))

const errorFor = (name: string, code: string, message: string): ProblemError => ({ in: 'query', name, code, message })
