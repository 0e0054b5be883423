import { markup, nothing } from '../export/markup.ts'
import type { Markup } from '../export/markup.ts'
import { nameOf } from './document.ts'
import type { Schema } from './document.ts'
import { json, prose } from './text.ts'

/** What a value is, in a few words; components are links. */
export function typeOf(schema: Schema): Markup {
  const { $ref, anyOf, type, items, additionalProperties } = schema
  if ($ref !== undefined) return markup`<a href="#schema-${nameOf($ref)}">${nameOf($ref)}</a>`
  if (anyOf) return joined(anyOf.map(typeOf), ' or ')
  if (schema.enum)
    return markup`one of ${joined(
      schema.enum.map((one) => markup`<code>${one}</code>`),
      ', ',
    )}`
  if (type === 'array' && items) return markup`list of ${typeOf(items)}`
  if (type === 'object' && typeof additionalProperties === 'object')
    return markup`map of ${typeOf(additionalProperties)}`
  return markup`${schema.format === 'date-time' ? 'time' : (type ?? 'anything')}`
}

/** Its bounds, as far as a reader wants to know them. */
export function boundsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, maxProperties } = schema
  const inner = schema.anyOf?.find(({ type }) => type !== 'null')
  const bounds = [
    between(minimum, maximum, ''),
    between(minLength, maxLength, ' characters'),
    between(minItems, maxItems, ' entries'),
    maxProperties === undefined ? '' : `at most ${maxProperties} entries`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
    inner === undefined ? '' : boundsOf(inner),
  ]
  return bounds.filter((one) => one !== '').join(', ')
}

function between(low: number | undefined, high: number | undefined, unit: string): string {
  if (low !== undefined && high !== undefined)
    return `${low.toLocaleString('en')} to ${high.toLocaleString('en')}${unit}`
  if (high !== undefined) return `at most ${high.toLocaleString('en')}${unit}`
  return low === undefined ? '' : `at least ${low.toLocaleString('en')}${unit}`
}

/** The fields of an object as rows, inner objects under their dotted names. */
function fieldRows(schema: Schema, prefix = ''): Markup[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const mark = required.has(name) ? nothing : markup` <span class="soft">optional</span>`
    const [about, bounds] = [field.description ?? '', boundsOf(field)]
    const said = markup`${prose(about)}${bounds === '' ? nothing : markup` <span class="soft">${bounds}</span>`}`
    const row = markup`<tr><td><code>${prefix}${name}</code>${mark}</td><td>${typeOf(field)}</td><td>${said}</td></tr>\n`
    const inner = field.type === 'array' ? field.items : field
    return [row, ...(inner?.properties ? fieldRows(inner, `${prefix}${name}${inner === field ? '' : '[]'}.`) : [])]
  })
}

/** A component with its fields and an example. */
export function component(name: string, schema: Schema): Markup {
  const rows = fieldRows(schema)
  const heads = markup`<thead><tr><th>Field</th><th>Is</th><th></th></tr></thead>`
  const none = schema.anyOf ? markup`<p>${typeOf(schema)}</p>` : markup`<p class="soft">No fields.</p>`
  const table = rows.length === 0 ? none : markup`<table>${heads}<tbody>${rows}</tbody></table>`
  const [example] = schema.examples ?? []
  const shown = example === undefined ? nothing : markup`<details><summary>Example</summary>${json(example)}</details>`
  return markup`<article id="schema-${name}"><h3>${name}</h3>${table}${shown}</article>\n`
}

const joined = (parts: readonly Markup[], between: string): Markup => ({
  html: parts.map(({ html }) => html).join(between),
})
