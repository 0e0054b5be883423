import { problem } from '@assayer/schema'
import type { ProblemError } from '@assayer/schema'
import { readCursor } from './cursor.ts'
import type { CursorKind } from './cursor.ts'
import type { Filter } from './filters.ts'
import { invalidInput } from './validate.ts'

/** A list's page: `before` is where the last one ended. */
export type Page = { limit: number; before: string | null }

type Filters = Record<string, Filter<unknown>>
type Chosen<Lists extends Filters> = {
  [Name in keyof Lists]: Lists[Name] extends Filter<infer Value> ? Value[] : never
}

/**
 * The query of a list: `limit` 1..200 (50), `cursor`, and filters, of which most may be repeated. Unknown parameters and values are refused all together; a cursor that is not one of this list's is `malformed-request`.
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
  const chosen = readValues(query, filters, errors)
  if (errors.length > 0) throw invalidInput(errors)
  const cursor = query.get('cursor')
  const before = cursor === null ? null : readCursor(kind, cursor)
  if (cursor !== null && before === null) {
    const errors = [errorFor('cursor', 'cursor', 'is not one that this list gave')]
    throw problem('malformed-request', { detail: 'The cursor is not one that this list gave', errors })
  }
  return { page: { limit: Number(limit), before }, filters: chosen }
}

/** The query of a route that is no list. */
export function readFilters<Lists extends Filters>(url: string, filters: Lists): Chosen<Lists> {
  const query = readQuery(url)
  const errors = unknownNames(query, Object.keys(filters))
  const chosen = readValues(query, filters, errors)
  if (errors.length > 0) throw invalidInput(errors)
  return chosen
}

/** The values of each filter; what is wrong with them is added to `errors`. */
function readValues<Lists extends Filters>(
  query: URLSearchParams,
  filters: Lists,
  errors: ProblemError[],
): Chosen<Lists> {
  const chosen: Record<string, unknown[]> = {}
  for (const [name, filter] of Object.entries(filters)) {
    const texts = [...new Set(query.getAll(name))]
    const values = texts.map((text) => filter.read(text))
    if (query.getAll(name).length > filter.most)
      errors.push(errorFor(name, 'repeated', `give it at most ${filter.most} times`))
    if (values.includes(undefined)) errors.push(errorFor(name, filter.code, filter.message))
    chosen[name] = values
  }
  return chosen as Chosen<Lists>
}

/** Refuses any query on a route that takes none. */
export function refuseQuery(url: string): void {
  const errors = unknownNames(readQuery(url), [])
  if (errors.length > 0) throw invalidInput(errors)
}

/** The parameters of a request's query. */
function readQuery(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

const unknownNames = (query: URLSearchParams, known: readonly string[]): ProblemError[] =>
  [...new Set(query.keys())]
    .filter((name) => !known.includes(name))
    .map((name) => errorFor(name.slice(0, 100).toWellFormed(), 'unknown-parameter', 'there is no such parameter'))

const errorFor = (name: string, code: string, message: string): ProblemError => ({ in: 'query', name, code, message })
