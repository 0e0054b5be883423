import * as v from 'valibot'
import type { AnswerHeader, Described, Schema } from './operation.ts'
import { named } from '@assayer/schema/render'

const lists = new Map<Schema, Schema>()

/** A page of a list. */
export const pageOf = (item: Schema): Described => ({
  about: 'A page, and the cursor of the next one; null on the last.',
  schema: listOf(item),
})

function listOf(item: Schema): Schema {
  const known = lists.get(item)
  if (known !== undefined) return known
  const name = `${v.getTitle(item)}List`
  const list = named(name, v.object({ data: v.array(item), nextCursor: v.nullable(v.string()) }))
  lists.set(item, list)
  return list
}

/** A body in JSON. */
export const answer = (about: string, schema: Schema, ...headers: AnswerHeader[]): Described => ({
  about,
  schema,
  headers,
})

/** No body. */
export const empty = (about: string): Described => ({ about })

/** The answers to a GET of one object. */
export const single = (schema: Schema): Record<number, Described> => ({
  200: answer('It.', schema, 'ETag'),
  304: { about: 'It is what `If-None-Match` names.', headers: ['ETag'] },
})

/** The answer to a DELETE. */
export const gone: Record<number, Described> = { 204: empty('It is gone.') }
