import { toJsonSchemaDefs } from '@valibot/to-json-schema'
import * as v from 'valibot'
import type { Schema } from './operation.ts'

type Json = Record<string, unknown>

/** The parts of a valibot schema that hold further ones. */
type Parts = Partial<Record<'wrapped' | 'item' | 'key' | 'value' | 'rest', Schema>> & {
  entries?: Record<string, Schema>
  options?: unknown[]
}

/**
 * Turns valibot schemas into JSON Schema (2020-12). Each schema with a title, however deep, becomes a component of that name;
 * two different ones of one name are an error. What JSON Schema cannot say (checks over several fields) is left out.
 */
export function createComponents(): {
  ref(schema: Schema, mode: 'input' | 'output'): Json
  all(): Record<string, Json>
} {
  const components = new Map<string, { schema: Schema; json: Json }>()
  const ref = (schema: Schema, mode: 'input' | 'output'): Json => {
    const found = titled(schema, new Map([['Unnamed', schema]]))
    const defs = toJsonSchemaDefs(Object.fromEntries(found), {
      target: 'draft-2020-12',
      typeMode: mode,
      overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
      overrideAction: ({ valibotAction, jsonSchema, errors }) => {
        if (valibotAction.type === 'check') return jsonSchema
        if (errors) throw new Error(errors.join(' '))
        return undefined
      },
    })
    for (const [name, one] of found) {
      if (name === 'Unnamed') continue
      const json = defs[name] as Json
      const known = components.get(name)
      if (known && JSON.stringify(known.json) !== JSON.stringify(json)) throw new Error(`two schemas are named ${name}`)
      components.set(name, { schema: one, json })
    }
    const title = v.getTitle(schema)
    return title === undefined ? (defs['Unnamed'] as Json) : { $ref: `#/components/schemas/${title}` }
  }
  return {
    ref,
    all: () =>
      Object.fromEntries(
        [...components].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, { json }]) => [name, json]),
      ),
  }
}

function titled(schema: Schema, found: Map<string, Schema>): Map<string, Schema> {
  const title = v.getTitle(schema)
  if (title !== undefined) {
    if (found.get(title) === schema) return found
    if (found.has(title)) throw new Error(`two schemas are named ${title}`)
    found.set(title, schema)
  }
  const { wrapped, item, key, value, rest, entries = {}, options = [] } = schema as Parts
  const inner = [wrapped, item, key, value, rest, ...Object.values(entries), ...options]
  for (const one of inner) if (typeof one === 'object' && one !== null && 'kind' in one) titled(one as Schema, found)
  return found
}
